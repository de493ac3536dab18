import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { useReading } from '@/entities/notification/useReading'
import { useText } from '@/lib/i18n'
import { useWriters } from '@/realtime/presence'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { commentsQuery, type Discussed } from '../queries'
import { Answering } from './Answering'
import { CommentThread } from './CommentThread'
import styles from './posts.module.css'
import { WaitingComments } from './WaitingActs'

interface CommentsProps {
  postId: string
  place: Discussed
  to: Addresses
}

/** What was answered to a post in one place, and the line to answer. */
export function Comments({ postId, place, to }: CommentsProps) {
  const t = useText(texts)
  const threadId = place.thread_id
  const list = useInfiniteQuery(commentsQuery(postId, threadId))
  const writers = useWriters(place.communityId ? `community:${place.communityId}` : 'square', `post:${postId}`)
  useReading(postId, 'post', list.isSuccess)
  return (
    <section aria-label={t('comments')}>
      <Loaded query={list} lines={2}>
        {(comments) =>
          comments.length === 0 ? (
            <p className={styles.muted}>{t('noComment')}</p>
          ) : (
            <ul className={styles.comments}>
              {comments.map((comment) => (
                <CommentThread
                  key={comment.id}
                  postId={postId}
                  communityId={place.communityId}
                  comment={comment}
                  to={to}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
      <WaitingComments postId={postId} communityId={place.communityId} threadId={threadId} />
      {place.abilities.includes('comment') && (
        <Answering postId={postId} communityId={place.communityId} threadId={threadId} label={t('yourComment')} />
      )}
      {writers > 0 && <p className={styles.muted}>{t('writers', { count: writers })}</p>}
    </section>
  )
}
