import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import type { AttachedDraft } from '@/entities/attachment/types'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useIsLookedAt } from '@/lib/lookedAt'
import { typeHere, usePresent } from '@/realtime/presence'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { heldMessage } from '../live'
import { nameOf } from '../names'
import { openedFrom } from '../opening'
import { conversationQuery, preferencesQuery } from '../queries'
import { namesOf, useOutbox } from '../sending'
import type { Conversation, Message } from '../types'
import { useAnnounced } from '../useAnnounced'
import { useLog } from '../useLog'
import { useReadMark } from '../useReadMark'
import { useWriting } from '../useWriting'
import type { Question } from './Asked'
import { Composer, type ComposerHandle } from './Composer'
import styles from './chat.module.css'
import composing from './composer.module.css'
import logs from './log.module.css'
import { type LogHandle, MessageLog } from './MessageLog'
import { RoomHead } from './RoomHead'
import { SeenBy } from './SeenBy'
import { SidePanel } from './SidePanel'
import { Thread } from './Thread'
import type { MessageActs } from './useMessageActions'
import { Writers } from './Writers'

/** Asked for when it is opened: what runs a conversation weighs as much as what shows it. */
const Details = lazy(() => import('./Details').then((part) => ({ default: part.Details })))

/** Its dialogs are fetched when something is asked. */
const Asked = lazy(async () => ({ default: (await import('./Asked')).Asked }))

export interface RoomSearch {
  /** The message that the address leads to. */
  m?: number | undefined
  /** The message whose thread is open. */
  fil?: number | undefined
  panel?: 'details' | 'search' | undefined
}

interface RoomProps {
  conversationId: string
  search: RoomSearch
  onSearch: (search: RoomSearch) => void
  /** It is no longer there for the reader. */
  onGone: () => void
  back: string
  to: Addresses
}

/** One conversation: what was said in it, and where one writes. */
export function Room(props: RoomProps) {
  const conversation = useQuery(conversationQuery(props.conversationId))
  return (
    <Loaded query={conversation} lines={8}>
      {(found) => <Present key={found.id} {...props} conversation={found} />}
    </Loaded>
  )
}

function Present({ conversation, search, onSearch, onGone, back, to }: RoomProps & { conversation: Conversation }) {
  const t = useText(texts)
  const cache = useQueryClient()
  const member = useMember()
  const { id, abilities, read_number: read, unread } = conversation
  const [readNumber, setReadNumber] = useState(unread > 0 ? read : undefined)
  const flow = { conversationId: id, rootId: null }
  const log = useLog(
    flow,
    openedFrom(conversation, search.m),
    search.m !== undefined ? { at: 'message', number: search.m } : unread > 0 ? { at: 'new' } : { at: 'end' },
  )
  const outbox = useOutbox(member.id, flow)
  const writing = useWriting(flow, conversation.draft)
  const attachments = useAttachments()
  const [quoting, setQuoting] = useState<Message>()
  const [editing, setEditing] = useState<number>()
  const [question, setQuestion] = useState<Question>()
  const composer = useRef<ComposerHandle>(null)
  const list = useRef<LogHandle>(null)
  const lookedAt = useIsLookedAt()
  const present = usePresent(`conversation:${id}`, null)
  const here = useMemo(() => new Set(present.viewers), [present.viewers])
  const announced = useAnnounced(log.log, member.id)
  const seen = useReadMark(conversation)
  const name = nameOf(conversation, t)
  const enterSends = useQuery(preferencesQuery).data?.enter_sends ?? true
  const lastSaid = log.log?.items.at(-1)

  useEffect(() => {
    if (!window.matchMedia('(pointer: coarse)').matches) requestAnimationFrame(() => composer.current?.focus())
  }, [])
  // What comes while the page is behind another is new when one comes back.
  const last = conversation.last_number
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one goes, and when one comes back.
  useEffect(() => {
    if (!lookedAt) setReadNumber(last)
    else setReadNumber((since) => (since === last ? undefined : since))
  }, [lookedAt])
  const asked = useRef(search.m)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message that the address leads to.
  useEffect(() => {
    if (search.m !== undefined && search.m !== asked.current) void log.goTo(search.m)
    asked.current = search.m
  }, [search.m])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what they call is the same for as long as the room is.
  const acts: MessageActs = useMemo(
    () => ({
      openThread: (message) => onSearch({ ...search, fil: message.number, panel: undefined }),
      quote: (message) => {
        setQuoting(message)
        composer.current?.focus()
      },
      edit: (message) => setEditing(message.number),
      ask: (what, message) => setQuestion({ what, message }),
      address: ({ number }) => `${window.location.origin}${to.conversation(id)}?m=${number}`,
    }),
    [id, search.m, search.fil, search.panel],
  )
  const send = (text: string, attached: AttachedDraft) => {
    void outbox.send({ text, quote_id: quoting?.id ?? null, ...attached }, namesOf(attached))
    setQuoting(undefined)
    setReadNumber(undefined)
    void log.goToEnd()
  }
  const editLast = () => {
    const mine = log.log?.items.findLast((one) => one.author?.id === member.id && one.abilities.includes('edit'))
    if (mine) setEditing(mine.number)
  }
  const key = (event: KeyboardEvent, number: number) => {
    const message = heldMessage(cache, flow, number)
    if (!message) return
    if (event.key === 'r' && (message.abilities.includes('reply') || message.thread)) acts.openThread?.(message)
    else if (event.key === 'e' && message.abilities.includes('edit')) setEditing(number)
    else if (event.key === 'Escape') composer.current?.focus()
    else return
    event.preventDefault()
  }
  const edited = () => {
    setEditing(undefined)
    composer.current?.focus()
  }
  const close = () => onSearch({ ...search, fil: undefined, panel: undefined })
  const panel = search.fil !== undefined ? 'thread' : search.panel
  return (
    <div className={styles.withPanel} data-open={panel !== undefined || undefined}>
      <section className={styles.room} aria-label={t('room', { name })}>
        <RoomHead
          conversation={conversation}
          here={present.count}
          back={back}
          onSearch={() => onSearch({ ...search, fil: undefined, panel: panel === 'search' ? undefined : 'search' })}
          onDetails={() => onSearch({ ...search, fil: undefined, panel: panel === 'details' ? undefined : 'details' })}
          to={to}
        />
        <Loaded query={log.query} lines={8}>
          {(held) => (
            <MessageLog
              ref={list}
              label={t('log', { name })}
              log={held}
              opening={log.opening}
              pending={outbox.pending}
              member={member}
              readNumber={readNumber}
              pointed={search.m}
              here={here}
              editing={editing}
              personAddress={to.person}
              acts={acts}
              beginning={
                <p className={logs.begin}>{t(conversation.from_number > 1 ? 'beginningForYou' : 'beginning')}</p>
              }
              end={
                lastSaid?.author?.id === member.id &&
                lastSaid.kind === 'said' &&
                lastSaid.number === held.last &&
                outbox.pending.length === 0 && <SeenBy message={lastSaid} isDirect={conversation.kind === 'direct'} />
              }
              onGrow={(way) => void log.grow(way)}
              onGo={(number) => onSearch({ ...search, m: number })}
              onEnd={() => void log.goToEnd()}
              onSeen={lookedAt ? seen : ignore}
              onEdited={edited}
              onRetry={outbox.retry}
              onTakeBack={(pending) => {
                outbox.drop(pending.clientId)
                writing.write(pending.draft.text ?? '', {})
                composer.current?.focus()
              }}
              onKey={key}
            />
          )}
        </Loaded>
        <div>
          <Writers present={present} log={log.log} />
          {abilities.includes('post') ? (
            <Composer
              ref={composer}
              conversationId={id}
              label={t('writeLabel', { name })}
              placeholder={conversation.kind === 'channel' ? t('writeRoom') : t('writeTo', { name })}
              writing={writing}
              attachments={attachments}
              quoting={quoting}
              enterSends={enterSends}
              viewerId={member.id}
              onSend={send}
              onDropQuote={() => setQuoting(undefined)}
              onTyping={typeHere}
              onEditLast={editLast}
            />
          ) : (
            <p className={composing.note}>{t(conversation.archived_at ? 'archivedNote' : 'mayNotPost')}</p>
          )}
        </div>
        <div className={styles.announcer} aria-live="polite">
          {announced}
        </div>
      </section>
      {panel === 'thread' && search.fil !== undefined && (
        <SidePanel label={t('threadOf')} onClose={close}>
          <Thread
            conversation={conversation}
            number={search.fil}
            title={name}
            to={to}
            onClose={close}
            onGo={(number) => onSearch({ ...search, m: number })}
            onAsk={setQuestion}
          />
        </SidePanel>
      )}
      {(panel === 'details' || panel === 'search') && (
        <SidePanel label={t(panel === 'details' ? 'details' : 'searchHere')} onClose={close}>
          <Suspense>
            <Details
              key={panel}
              onGo={(number) => onSearch({ ...search, m: number })}
              conversation={conversation}
              part={panel}
              here={here}
              to={to}
              onClose={close}
              onDate={(at) => void log.goToDate(at)}
              onGone={onGone}
            />
          </Suspense>
        </SidePanel>
      )}
      {question !== undefined && (
        <Suspense fallback={null}>
          <Asked
            question={question}
            isChannel={conversation.kind === 'channel'}
            onClose={() => setQuestion(undefined)}
          />
        </Suspense>
      )}
    </div>
  )
}

const ignore = () => {}
