import { IconDots, IconFlag, IconMoodSmile, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { Prose } from '@/components/Prose'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { Referred } from '@/entities/attachment/Referred'
import { HiddenNote } from '@/entities/report/HiddenNote'
import { ReportDialog } from '@/entities/report/ReportDialog'
import { useText } from '@/lib/i18n'
import { type ReactionKind, type Said, useDelete, useEdit, useReact } from '../threads'
import { texts } from '../threadTexts'
import { ThreadForm } from './ThreadForm'
import styles from './threads.module.css'

const kinds: readonly ReactionKind[] = ['thanks', 'agree', 'bravo', 'interesting']

interface ThreadSaidProps {
  pageId: string
  said: Said
  /** The page stands in a member's own space: others than those who run a community decide on reports. */
  isPrivate: boolean
}

/** One comment of a page, and what may be done with it. */
export function ThreadSaid({ pageId, said, isPrivate }: ThreadSaidProps) {
  const t = useText(texts)
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState<'delete' | 'report'>()
  const edit = useEdit(pageId, said)
  const remove = useDelete(pageId, said)
  const react = useReact(pageId, said)
  if (said.gone) return <p className={styles.goneLine}>{t('gone')}</p>
  const name = said.author?.name ?? t('somebody')
  const may = (ability: Said['abilities'][number]) => said.abilities.includes(ability)
  const isMine = (kind: ReactionKind) => said.reactions.some((one) => one.kind === kind && one.mine)
  const items: MenuItem[] = [
    ...(may('react')
      ? kinds.map((kind) => ({
          label: t(kind),
          icon: IconMoodSmile,
          onSelect: () => react.mutate({ kind, stands: !isMine(kind) }),
        }))
      : []),
    ...(may('edit') ? [{ label: t('edit'), icon: IconPencil, apart: true, onSelect: () => setEditing(true) }] : []),
    ...(may('report')
      ? [{ label: t('report'), icon: IconFlag, apart: true, onSelect: () => setAsking('report') }]
      : []),
    ...(may('delete')
      ? [{ label: t('delete'), icon: IconTrash, danger: true, onSelect: () => setAsking('delete') }]
      : []),
  ]
  return (
    <div className={styles.said}>
      <div className={styles.head}>
        <PersonAvatar
          id={said.author?.id ?? said.id}
          name={name}
          public={said.author?.public ?? null}
          size={34}
          photo={said.author?.avatar?.small}
        />
        <div>
          <b>{name}</b>
          <small>
            <Moment at={said.created_at} />
            {said.edited_at && `, ${t('edited')}`}
          </small>
        </div>
        {items.length > 0 && (
          <Menu items={items}>
            <IconButton icon={IconDots} label={t('actions', { name })} />
          </Menu>
        )}
      </div>
      {said.hidden && <HiddenNote />}
      {editing ? (
        <ThreadForm
          label={t('yourComment')}
          action={t('save')}
          body={said.body}
          documents={said.documents}
          sending={edit}
          onSend={(draft) => edit.mutate(draft, { onSuccess: () => setEditing(false) })}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <Prose html={said.html} />
          <Referred documents={said.documents} />
        </>
      )}
      {said.reactions.length > 0 && (
        <ul className={styles.reactions} aria-label={t('reactions')}>
          {said.reactions.map(({ kind, count, mine }) => (
            <li key={kind} data-mine={mine || undefined}>
              {t(kind)} {count}
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={asking === 'delete'}
        onClose={() => setAsking(undefined)}
        title={t('deleteTitle')}
        confirm={t('delete')}
        danger
        onConfirm={() => remove.mutateAsync()}
      >
        {t('deleteText')}
      </ConfirmDialog>
      <ReportDialog
        open={asking === 'report'}
        onClose={() => setAsking(undefined)}
        pageId={pageId}
        threadId={said.thread_id}
        commentId={said.id}
        isPrivate={isPrivate}
      />
    </div>
  )
}
