import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { type Comment, repliesQuery } from '../queries'
import { Answering } from './Answering'
import { CommentLine } from './CommentLine'
import styles from './posts.module.css'
import { WaitingComments } from './WaitingActs'

interface CommentThreadProps {
  postId: string
  /** In which of its places it is read. */
  communityId: string | null
  comment: Comment
  /** The one of them that the address names. */
  pointedAt?: string | undefined
  to: Addresses
}

/** A comment, the replies to it, and the line to reply. */
export function CommentThread({ postId, communityId, comment, pointedAt, to }: CommentThreadProps) {
  const t = useText(texts)
  const [replying, setReplying] = useState(false)
  return (
    <li>
      <CommentLine
        postId={postId}
        communityId={communityId}
        said={comment}
        pointedAt={comment.id === pointedAt}
        to={to}
      >
        {comment.abilities.includes('reply') && !replying && (
          <Button look="quiet" size="small" onClick={() => setReplying(true)}>
            {t('reply')}
          </Button>
        )}
      </CommentLine>
      {comment.replies.length > 0 && (
        <Replies postId={postId} communityId={communityId} comment={comment} pointedAt={pointedAt} to={to} />
      )}
      <WaitingComments postId={postId} communityId={communityId} parentId={comment.id} />
      {replying && (
        <Answering
          postId={postId}
          communityId={communityId}
          threadId={comment.thread_id}
          parentId={comment.id}
          label={t('yourReply', { name: comment.author?.name ?? t('nobody') })}
          onDone={() => setReplying(false)}
        />
      )}
    </li>
  )
}

/** The first replies came with the comment; asked for, all of them are read page by page. */
function Replies({ postId, communityId, comment, pointedAt, to }: CommentThreadProps) {
  const t = useText(texts)
  const [all, setAll] = useState(false)
  const list = useInfiniteQuery({ ...repliesQuery(postId, comment.thread_id, comment.id), enabled: all })
  const left = comment.reply_count - comment.replies.length
  return (
    <>
      <ul className={styles.replies}>
        {(list.data ?? comment.replies).map((reply) => (
          <li key={reply.id}>
            <CommentLine
              postId={postId}
              communityId={communityId}
              said={reply}
              pointedAt={reply.id === pointedAt}
              to={to}
            />
          </li>
        ))}
      </ul>
      {left > 0 && !list.data && (
        <Button look="quiet" size="small" busy={list.isFetching} onClick={() => setAll(true)}>
          {t('moreReplies', { count: left })}
        </Button>
      )}
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}
