import type { QueryClient } from '@tanstack/react-query'
import { forgetAnswers } from '@/api/kept'
import { COMMUNITIES, myCommunitiesQuery } from '@/entities/community/queries'
import { takeWaiting, toldChanged } from '@/entities/notification/live'
import { NOTIFICATIONS } from '@/entities/notification/queries'
import { keepSaying, sayShown } from '@/entities/notification/showing'
import { memberChanged, takeViewer } from '@/entities/session/live'
import { sessionQuery } from '@/entities/session/queries'
import { STRUCTURE } from '@/entities/structure/queries'
import {
  conversationChanged,
  conversationLost,
  conversationMineChanged,
  isOfLog,
  messageChanged,
  messageDeleted,
  messageMineChanged,
  messagePinChanged,
  messagePosted,
  messageReactionsChanged,
  messageUnfurled,
  readLogsAgain,
  threadMineChanged,
} from '@/features/chat/live'
import { outboxOf } from '@/features/chat/sending'
import { documentChanged, folderChanged } from '@/features/documents/live'
import { DOCUMENTS } from '@/features/documents/queries'
import { actsOf } from '@/features/posts/acts'
import { countNewAgain, isOfFeed, readFeedAnew, readPostAgain } from '@/features/posts/feed'
import { takeRequests } from '@/features/ties/live'
import { TIES } from '@/features/ties/queries'
import { reportFollowing } from '@/lib/following'
import { type Audience, browser, Connection } from '@/realtime/connection'
import { keptCursorOf } from '@/realtime/keptCursor'
import { type LiveEvent, type LiveEventOf, type Snapshot, server } from '@/realtime/wire'

type Handlers = { [Type in LiveEvent['type']]: (cache: QueryClient, event: LiveEventOf<Type>) => void }

/** What was read under these keys is read anew where it is shown, and elsewhere when it is shown next. */
const readAnew =
  (...keys: readonly (readonly string[])[]) =>
  (cache: QueryClient) => {
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey })
  }
const communityChanged = readAnew(COMMUNITIES)
const postsChanged = readAnew(['posts'])
/** Where something was said comes first among those at hand. */
const communityStirred = readAnew(myCommunitiesQuery.queryKey)
/** One may see, do or be told other things there. */
const placesChanged = (cache: QueryClient) => {
  readAnew(COMMUNITIES, ['posts'], ['cases'], NOTIFICATIONS, DOCUMENTS)(cache)
  conversationChanged(cache)
}
/** On walls all is read anew; in the feed, where nothing moves, the one post. */
const postChanged = (cache: QueryClient, { data }: { data: { id: string } }) => {
  postsChanged(cache)
  void readPostAgain(cache, data.id)
}
const discussionChanged = (cache: QueryClient, { data }: { data: { post_id: string } }) => {
  readAnew(['posts', data.post_id])(cache)
  void readPostAgain(cache, data.post_id)
}

/** Of a comment all of its discussion is read anew: the event does not say in which post. */
const mineChanged = (cache: QueryClient, { data }: { data: { kind: string; id: string } }) => {
  if (data.kind === 'message') return messageMineChanged(cache, data.id)
  postsChanged(cache)
  if (data.kind === 'post') void readPostAgain(cache, data.id)
}

/** Live event -> what it changes of what this tab holds. The twin of the server's `wiring.py`: an event that the server
 * tells and that is not here is an error of types. Each may be handled twice. */
export const handlers: Handlers = {
  'access.gained': (cache) => {
    placesChanged(cache)
    void readFeedAnew(cache)
  },
  'access.changed': (cache) => {
    forgetAnswers()
    placesChanged(cache)
  },
  'access.lost': (cache, event) => {
    forgetAnswers()
    forgetTopic(cache, event.data.about)
  },
  'member.updated': memberChanged,
  'member.roles_changed': (cache) => {
    memberChanged(cache)
    placesChanged(cache)
  },
  'member.credentials_changed': readAnew(['me']),
  'session.opened': readAnew(['me', 'sessions']),
  'session.revoked': readAnew(['me', 'sessions']),
  'token.created': readAnew(['me', 'tokens']),
  'token.revoked': readAnew(['me', 'tokens']),
  'organisation.changed': readAnew(['organisation']),
  'structure.changed': readAnew(STRUCTURE),
  'profile.changed': (cache, { data }) => {
    readAnew(['my-profile'], ['profiles', data.id])(cache)
    memberChanged(cache)
  },
  'interests.chosen': readAnew(['my-interests']),
  'contacts.changed': readAnew(TIES, ['profiles'], NOTIFICATIONS),
  'blocks.changed': (cache) => {
    forgetAnswers()
    readAnew(TIES, ['profiles'], ['directory'])(cache)
    placesChanged(cache)
    void readFeedAnew(cache)
  },
  'mentorship.changed': readAnew(TIES, NOTIFICATIONS),
  'notification_choices.changed': readAnew(['notification-choices']),
  'community.created': communityChanged,
  'community.changed': placesChanged,
  'community.people_changed': communityChanged,
  'community.door_changed': readAnew(COMMUNITIES, NOTIFICATIONS),
  'community.invitations_changed': readAnew(COMMUNITIES, NOTIFICATIONS),
  'community.automatic_changed': communityChanged,
  'audience.changed': readAnew(['audiences']),
  'conversation.changed': conversationChanged,
  'message.posted': (cache, event) => {
    messagePosted(cache, event)
    sayShown(cache)
  },
  'message.changed': messageChanged,
  'message.unfurled': messageUnfurled,
  'message.deleted': (cache, event) => {
    forgetAnswers()
    messageDeleted(cache, event)
  },
  'message.reactions_changed': messageReactionsChanged,
  'message.pin_changed': messagePinChanged,
  'conversation.mine_changed': conversationMineChanged,
  'thread.mine_changed': threadMineChanged,
  'chat.mine_chosen': readAnew(['chat-preferences']),
  'folder.followed': readAnew([...DOCUMENTS, 'folder']),
  'folder.changed': folderChanged,
  'document.changed': documentChanged,
  'page.thread_changed': (cache, { data }) => readAnew([...DOCUMENTS, 'page', data.document_id, 'threads'])(cache),
  'post.published': (cache) => {
    postsChanged(cache)
    communityStirred(cache)
    countNewAgain(cache)
  },
  'post.changed': postChanged,
  'post.deleted': (cache, event) => {
    forgetAnswers()
    postChanged(cache, event)
    toldChanged(cache)
  },
  'post.unfurled': postChanged,
  'post.pin_changed': postChanged,
  'post.answer_accepted': (cache, event) => {
    postChanged(cache, event)
    toldChanged(cache)
  },
  'post.reactions_changed': postChanged,
  'post.poll_voted': postChanged,
  'post.idea_changed': postChanged,
  'post.event_answered': postChanged,
  'post.seat_given': postChanged,
  'post.mine_changed': postChanged,
  'announcement.told': (cache, event) => {
    postChanged(cache, event)
    countNewAgain(cache)
  },
  'announcement.draft_changed': readAnew(['announcements']),
  'post.scheduled_changed': readAnew(['posts', 'scheduled']),
  'comment.added': (cache, event) => {
    discussionChanged(cache, event)
    communityStirred(cache)
  },
  'comment.changed': discussionChanged,
  'comment.deleted': (cache, event) => {
    forgetAnswers()
    discussionChanged(cache, event)
    toldChanged(cache)
  },
  'comment.reactions_changed': discussionChanged,
  'reaction.mine_changed': mineChanged,
  'bookmark.mine_changed': mineChanged,
  'member.mentioned': postsChanged,
  'member.answered': postsChanged,
  'calendar.feed_changed': readAnew(['calendar-feed']),
  'notifications.changed': toldChanged,
  'report.sent': readAnew(['my-reports']),
  'report.received': readAnew(['cases']),
  'case.decided': readAnew(['cases']),
  'report.decided': readAnew(['my-reports']),
  'member.moderated': readAnew(['my-decisions'], ['posts']),
  'export.asked': readAnew(['me', 'exports']),
  'export.ready': readAnew(['me', 'exports']),
  'export.deleted': readAnew(['me', 'exports']),
}

/** Keeps what is held true from here on; gives how to end that. */
export function keepTrue(cache: QueryClient, memberId: string) {
  const connection = new Connection(server, audienceOf(cache), browser, keptCursorOf(memberId))
  void connection.run()
  // What was written here without a network leaves, whatever page one is on.
  actsOf(memberId, cache)
  outboxOf(memberId, cache)
  const hush = keepSaying(cache)
  return () => {
    hush()
    connection.stop()
  }
}

export const audienceOf = (cache: QueryClient): Audience => ({
  follows: reportFollowing,
  begin: (snapshot, first) => begin(cache, snapshot, first),
  hear: (event) => handle(cache, event),
  sessionEnded: () => void cache.invalidateQueries(sessionQuery),
})

/** An event of a newer server than this page is passed over. */
function handle<Type extends LiveEvent['type']>(cache: QueryClient, event: LiveEventOf<Type>) {
  handlers[event.type as Type]?.(cache, event)
}

/** What was read before the snapshot may have missed something: it is read anew, on arrival only when it is shown next. */
function begin(cache: QueryClient, snapshot: Snapshot, first: boolean) {
  const predicate = (query: { queryKey: readonly unknown[] }) => !isOfFeed(query) && !isOfLog(query)
  void cache.invalidateQueries({ predicate, refetchType: first ? 'none' : 'active' })
  readLogsAgain(cache, first)
  takeViewer(cache, snapshot.viewer)
  takeRequests(cache, snapshot.contact_requests)
  takeWaiting(cache, snapshot.notifications)
}

/** Whatever names the place that is no longer open leaves memory; where it is shown, the server says that it is gone. What
 * was said there does not name it: all of it is read anew. */
function forgetTopic(cache: QueryClient, topic: string) {
  const [kind, id = ''] = topic.split(':')
  if (kind === 'conversation') return conversationLost(cache, id)
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => JSON.stringify(queryKey).includes(id)
  cache.removeQueries({ predicate, type: 'inactive' })
  void cache.resetQueries({ predicate, type: 'active' })
  placesChanged(cache)
  void readFeedAnew(cache)
}
