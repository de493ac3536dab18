import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem } from '@/api/problem'
import { useReading } from '@/entities/notification/useReading'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { type Comment, commentQuery, type Discussed, type Post } from '../queries'
import { Comments } from './Comments'
import { CommentThread } from './CommentThread'
import styles from './posts.module.css'

interface OneThreadProps {
  post: Post
  place: Discussed
  commentId: string
  to: Addresses
}

/** The comment that is spoken of, under the one that it replies to; where it is gone, the whole discussion. */
export function OneThread({ post, place, commentId, to }: OneThreadProps) {
  const t = useText(texts)
  const comment = useQuery(commentQuery(post.id, commentId))
  useReading(post.id, 'post', comment.isSuccess)
  if (isProblem(comment.error) && comment.error.status === 404) {
    return (
      <>
        <p className={styles.muted}>{t('commentGone')}</p>
        <Comments postId={post.id} place={place} to={to} />
      </>
    )
  }
  return (
    <section aria-label={t('comments')}>
      <p className={styles.whole}>
        <Link to={to.post(post.id)}>{t('wholeDiscussion', { count: post.comments })}</Link>
      </p>
      <Loaded query={comment} lines={2}>
        {(found) => <InItsPlace postId={post.id} communityId={place.communityId} comment={found} to={to} />}
      </Loaded>
    </section>
  )
}

interface InItsPlaceProps {
  postId: string
  communityId: string | null
  comment: Comment
  to: Addresses
}

function InItsPlace({ postId, communityId, comment, to }: InItsPlaceProps) {
  const over = useQuery({ ...commentQuery(postId, comment.parent_id ?? ''), enabled: comment.parent_id !== null })
  const shown = comment.parent_id === null ? comment : over.data && { ...over.data, replies: [comment], reply_count: 1 }
  if (shown === undefined) return <Loaded query={over}>{() => null}</Loaded>
  return (
    <ul className={styles.comments}>
      <CommentThread postId={postId} communityId={communityId} comment={shown} pointedAt={comment.id} to={to} />
    </ul>
  )
}
