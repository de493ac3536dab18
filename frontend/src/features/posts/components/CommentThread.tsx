import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Comment } from '../queries'
import { Answering } from './Answering'
import { CommentLine } from './CommentLine'
import styles from './posts.module.css'

interface CommentThreadProps {
  postId: string
  comment: Comment
  /** The one of them that the address names. */
  pointedAt?: string
  to: Addresses
}

/** A comment, the replies to it, and the line to reply. */
export function CommentThread({ postId, comment, pointedAt, to }: CommentThreadProps) {
  const t = useText(texts)
  const [replying, setReplying] = useState(false)
  return (
    <li>
      <CommentLine postId={postId} said={comment} pointedAt={comment.id === pointedAt} to={to}>
        {comment.abilities.includes('reply') && !replying && (
          <Button look="quiet" size="small" onClick={() => setReplying(true)}>
            {t('reply')}
          </Button>
        )}
      </CommentLine>
      {comment.replies.length > 0 && (
        <ul className={styles.replies}>
          {comment.replies.map((reply) => (
            <li key={reply.id}>
              <CommentLine postId={postId} said={reply} pointedAt={reply.id === pointedAt} to={to} />
            </li>
          ))}
        </ul>
      )}
      {replying && (
        <Answering
          postId={postId}
          threadId={comment.thread_id}
          parentId={comment.id}
          label={t('yourReply', { name: comment.author?.name ?? t('nobody') })}
          onDone={() => setReplying(false)}
        />
      )}
    </li>
  )
}
