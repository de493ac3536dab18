import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors, messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Icon } from '@/components/Icon'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Prose } from '@/components/Prose'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAccept, useComment, useDeleteComment } from '../mutations'
import { type Comment, commentsQuery, type Place, type Said } from '../queries'
import styles from './posts.module.css'

interface CommentsProps {
  postId: string
  place: Place
  addressOf: (id: string) => string
}

/** What was answered to a post in one place, and the line to answer. */
export function Comments({ postId, place, addressOf }: CommentsProps) {
  const t = useText(texts)
  const threadId = place.thread_id
  const list = useInfiniteQuery(commentsQuery(postId, threadId))
  return (
    <section aria-label={t('comments')}>
      <Loaded query={list} lines={2}>
        {(comments) =>
          comments.length === 0 ? (
            <p className={styles.muted}>{t('noComment')}</p>
          ) : (
            <ul className={styles.comments}>
              {comments.map((comment) => (
                <Thread key={comment.id} postId={postId} comment={comment} addressOf={addressOf} />
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
      {place.abilities.includes('comment') && (
        <Answering postId={postId} threadId={threadId} label={t('yourComment')} />
      )}
    </section>
  )
}

interface ThreadProps {
  postId: string
  comment: Comment
  addressOf: (id: string) => string
}

function Thread({ postId, comment, addressOf }: ThreadProps) {
  const t = useText(texts)
  const [replying, setReplying] = useState(false)
  const label = t('yourReply', { name: comment.author?.name ?? t('nobody') })
  return (
    <li>
      <Line postId={postId} said={comment} addressOf={addressOf} />
      {comment.abilities.includes('reply') && !replying && (
        <Button look="quiet" size="small" onClick={() => setReplying(true)}>
          {t('reply')}
        </Button>
      )}
      {comment.replies.length > 0 && (
        <ul className={styles.replies}>
          {comment.replies.map((reply) => (
            <li key={reply.id}>
              <Line postId={postId} said={reply} addressOf={addressOf} />
            </li>
          ))}
        </ul>
      )}
      {replying && (
        <Answering
          postId={postId}
          threadId={comment.thread_id}
          parentId={comment.id}
          label={label}
          onDone={() => setReplying(false)}
        />
      )}
    </li>
  )
}

function Line({ postId, said, addressOf }: { postId: string; said: Said; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const [deleting, setDeleting] = useState(false)
  const accept = useAccept(postId)
  const remove = useDeleteComment(postId)
  if (said.gone) return <p className={styles.muted}>{t('gone')}</p>
  return (
    <>
      <div className={styles.head}>
        {said.author ? (
          <PersonChip person={said.author} to={addressOf(said.author.id)} size={34} />
        ) : (
          <b>{t('nobody')}</b>
        )}
        <small>
          <Moment at={said.created_at} />
        </small>
      </div>
      <Prose html={said.html} />
      {said.accepted && (
        <span className={styles.accepted}>
          <Icon as={IconCircleCheck} size={15} />
          {t('accepted')}
        </span>
      )}
      {said.abilities.includes('accept') && !said.accepted && (
        <Button look="quiet" size="small" busy={accept.isPending} onClick={() => accept.mutate(said.id)}>
          {t('accept')}
        </Button>
      )}
      {said.abilities.includes('delete') && (
        <Button look="quiet" size="small" onClick={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      )}
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={t('deleteCommentTitle')}
        confirm={t('delete')}
        danger
        onConfirm={() => remove.mutateAsync(said.id)}
      >
        {t('deleteCommentText')}
      </ConfirmDialog>
    </>
  )
}

interface AnsweringProps {
  postId: string
  threadId: string
  parentId?: string
  label: string
  onDone?: () => void
}

function Answering({ postId, threadId, parentId, label, onDone }: AnsweringProps) {
  const t = useText(texts)
  const [body, setBody] = useState('')
  const commenting = useComment(postId)
  const once = useOnce()
  const errors = formErrors(commenting.error, ['body'])
  const send = () => {
    const draft = { body, ...(parentId ? { parent_id: parentId } : { thread_id: threadId }) }
    const onSuccess = () => {
      setBody('')
      onDone?.()
    }
    commenting.mutate({ draft, once: once(draft) }, { onSuccess })
  }
  return (
    <Form error={errors.form} failure={commenting.error} onSubmit={() => commenting.isPending || send()}>
      <TextArea
        label={label}
        value={body}
        rows={2}
        maxLength={10000}
        error={errors.fields.body}
        onChange={(event) => setBody(event.target.value)}
      />
      <Button type="submit" size="small" busy={commenting.isPending}>
        {t('send')}
      </Button>
    </Form>
  )
}
