import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Prose } from '@/components/Prose'
import { Referred } from '@/entities/attachment/Referred'
import { PersonChip } from '@/entities/person/PersonChip'
import { HiddenNote } from '@/entities/report/HiddenNote'
import { ReportDialog } from '@/entities/report/ReportDialog'
import { texts as reporting } from '@/entities/report/texts'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useAccept, useDeleteComment } from '../mutations'
import type { Said } from '../queries'
import { EditingComment } from './EditingComment'
import styles from './posts.module.css'
import { Reactions } from './Reactions'

interface CommentLineProps {
  postId: string
  communityId: string | null
  said: Said
  /** It is the one that the address names. */
  pointedAt: boolean
  to: Addresses
  /** More that may be done with it. */
  children?: ReactNode
}

/** One comment or reply, and what may be done with it. */
export function CommentLine({ postId, communityId, said, pointedAt, to, children }: CommentLineProps) {
  const t = useText(texts)
  const [editing, setEditing] = useState(false)
  const { author } = said
  if (said.gone) return <p className={styles.muted}>{t('gone')}</p>
  return (
    <article
      className={styles.said}
      data-pointed={pointedAt || undefined}
      aria-label={t('saidBy', { name: author?.name ?? t('nobody') })}
    >
      <div className={styles.head}>
        {author ? <PersonChip person={author} to={to.person(author.id)} size={34} /> : <b>{t('nobody')}</b>}
        <small>
          <Link to={to.post(postId, said.id)}>
            <Moment at={said.created_at} />
          </Link>
          {said.edited_at && `, ${t('edited').toLowerCase()}`}
        </small>
      </div>
      {said.hidden && <HiddenNote />}
      {editing ? (
        <EditingComment postId={postId} communityId={communityId} said={said} onDone={() => setEditing(false)} />
      ) : (
        <>
          <Prose html={said.html} />
          <Referred documents={said.documents} />
        </>
      )}
      {said.accepted && (
        <Chip look="success" icon={IconCircleCheck}>
          {t('accepted')}
        </Chip>
      )}
      <div className={styles.acts}>
        <Reactions
          postId={postId}
          commentId={said.id}
          given={said.reactions}
          may={said.abilities.includes('react')}
          size="small"
        />
        {children}
        {said.abilities.includes('edit') && (
          <Button look="quiet" size="small" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
        <Accepting postId={postId} said={said} />
        <Reporting postId={postId} said={said} />
        <Deleting postId={postId} said={said} />
      </div>
    </article>
  )
}

function Accepting({ postId, said }: { postId: string; said: Said }) {
  const t = useText(texts)
  const accept = useAccept(postId)
  if (!said.abilities.includes('accept')) return null
  return (
    <Button
      look="quiet"
      size="small"
      busy={accept.isPending}
      onClick={() => accept.mutate(said.accepted ? null : said.id)}
    >
      {t(said.accepted ? 'acceptNone' : 'accept')}
    </Button>
  )
}

function Reporting({ postId, said }: { postId: string; said: Said }) {
  const t = useText(reporting)
  const [telling, setTelling] = useState(false)
  if (!said.abilities.includes('report')) return null
  return (
    <>
      <Button look="quiet" size="small" onClick={() => setTelling(true)}>
        {t('report')}
      </Button>
      <ReportDialog open={telling} onClose={() => setTelling(false)} postId={postId} commentId={said.id} />
    </>
  )
}

function Deleting({ postId, said }: { postId: string; said: Said }) {
  const t = useText(texts)
  const [asking, setAsking] = useState(false)
  const remove = useDeleteComment(postId)
  if (!said.abilities.includes('delete')) return null
  return (
    <>
      <Button look="quiet" size="small" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
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
