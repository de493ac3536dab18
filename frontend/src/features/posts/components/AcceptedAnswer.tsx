import { useQuery } from '@tanstack/react-query'
import type { Addresses } from '../addresses'
import { commentQuery } from '../queries'
import { CommentLine } from './CommentLine'
import styles from './posts.module.css'

interface AcceptedAnswerProps {
  postId: string
  communityId: string | null
  commentId: string
  to: Addresses
}

/** The answer to a question, for who does not read the whole discussion. */
export function AcceptedAnswer({ postId, communityId, commentId, to }: AcceptedAnswerProps) {
  const { data } = useQuery(commentQuery(postId, commentId))
  if (!data?.accepted) return null
  return (
    <div className={styles.answer}>
      <CommentLine postId={postId} communityId={communityId} said={data} pointedAt={false} to={to} />
    </div>
  )
}
