import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { showToast } from '@/components/toast/toasts'
import { toWriting } from '@/entities/mention/mentions'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { keepWriting } from '@/lib/writing'
import { type Act, type CommentAct, type PostAct, useActs } from '../acts'
import { texts } from '../waiting.texts'
import { hasWriting } from '../writing'
import { Answering } from './Answering'
import styles from './posts.module.css'

/** Posts on their way: those of one place, or all of one's own. */
export function WaitingPosts({ placeId }: { placeId?: string }) {
  const t = useText(texts)
  const { acts } = useActs()
  const posts = acts.filter((act) => act.what === 'post' && (placeId === undefined || act.placeId === placeId))
  if (posts.length === 0) return null
  return (
    <Slab>
      <ul className={styles.comments} aria-label={t('waitingPosts')}>
        {posts.map((act) => (
          <Waiting key={act.clientId} act={act} />
        ))}
      </ul>
    </Slab>
  )
}

/** Comments on their way: to a post in one of its places, or replies to one of them. */
export function WaitingComments(of: {
  postId: string
  communityId: string | null
  threadId?: string
  parentId?: string
}) {
  const t = useText(texts)
  const { acts } = useActs()
  const comments = acts.filter(
    (act) =>
      act.what === 'comment' &&
      act.postId === of.postId &&
      (of.parentId === undefined ? act.draft.thread_id === of.threadId : act.draft.parent_id === of.parentId),
  )
  if (comments.length === 0) return null
  return (
    <ul className={styles.comments} aria-label={t('waitingComments')}>
      {comments.map((act) => (
        <Waiting key={act.clientId} act={act} communityId={of.communityId} />
      ))}
    </ul>
  )
}

/** What was written, that it waits, or why it was not taken. A post that was refused is a draft again, where none is; a
 * comment can be changed where it stands. */
function Waiting({ act, communityId = null }: { act: Act; communityId?: string | null }) {
  const t = useText(texts)
  const [isChanging, setChanging] = useState(false)
  const member = useMember()
  const { retry, drop } = useActs()
  const { failure, clientId } = act
  const isDraftAgain = failure !== undefined && act.what === 'post' && !hasWriting(member.id, act.placeId)
  useEffect(() => {
    if (!isDraftAgain) return
    keepDraft(member.id, act as PostAct)
    drop(clientId)
    showToast({ text: t('draftAgain', { reason: failure }) })
  }, [isDraftAgain, member.id, act, clientId, failure, drop, t])
  if (isChanging && act.what === 'comment') {
    return (
      <li>
        <Changing act={act} communityId={communityId} onDone={() => drop(clientId)} />
        <Button look="quiet" size="small" onClick={() => drop(clientId)}>
          {t('drop')}
        </Button>
      </li>
    )
  }
  return (
    <li>
      {act.what !== 'reaction' && (
        <p className={styles.waiting}>{toWriting(titleOf(act) + (act.draft.body ?? '')).text}</p>
      )}
      {failure === undefined ? (
        <small className={styles.muted}>
          <Icon as={IconClock} size={15} /> {t('waiting')}
        </small>
      ) : (
        <div role="alert">
          <p>
            <Icon as={IconAlertTriangle} size={18} /> {t('refused', { reason: failure })}
          </p>
          <Button look="secondary" size="small" onClick={() => retry(clientId)}>
            {t('retry')}
          </Button>
          {act.what === 'comment' && (
            <Button look="quiet" size="small" onClick={() => setChanging(true)}>
              {t('change')}
            </Button>
          )}
          <Button look="quiet" size="small" onClick={() => drop(clientId)}>
            {t('drop')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** The same words, to be said otherwise. */
function Changing({ act, ...more }: { act: CommentAct; communityId: string | null; onDone: () => void }) {
  const t = useText(texts)
  const { thread_id: threadId, parent_id: parentId, body, document_ids: documents } = act.draft
  return (
    <Answering
      postId={act.postId}
      threadId={threadId ?? ''}
      {...(parentId && { parentId })}
      begun={{ ...toWriting(body), documents: documents ?? [] }}
      label={t('refusedComment')}
      {...more}
    />
  )
}

const keepDraft = (memberId: string, { placeId, writing }: PostAct) => keepWriting(`${memberId}.${placeId}`, writing)
const titleOf = (act: Act) => (act.what === 'post' && act.draft.title ? `${act.draft.title}\n` : '')
