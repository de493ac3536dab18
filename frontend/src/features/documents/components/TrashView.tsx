import { IconFolder, IconRestore, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { Icon } from '@/components/Icon'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import type { Addresses } from '../addresses'
import { texts as common } from '../i18n'
import { useDeleteForGood, useRecover } from '../mutations'
import { nameOfSpace } from '../names'
import { spacesQuery, trashQuery } from '../queries'
import { texts } from '../trash.texts'
import type { Space, Trashed } from '../types'
import { Breadcrumb } from './Breadcrumb'
import { Changed } from './Changed'
import styles from './home.module.css'
import { KindTile } from './KindTile'
import { More } from './More'

/** What was thrown away in a space, and for how long it can be taken back. */
export function TrashView({ to }: { to: Addresses }) {
  const t = useText(texts)
  const tc = useText(common)
  const spaces = useInfiniteQuery(spacesQuery)
  const [chosen, setChosen] = useState<string>()
  return (
    <>
      <Breadcrumb path={[]} here={tc('trashPlace')} to={to} />
      <PageTitle lead={t('trashLead')}>{tc('trashPlace')}</PageTitle>
      <Loaded query={spaces}>
        {(all) => {
          const spaceId = chosen ?? all[0]?.folder_id
          return (
            spaceId !== undefined && (
              <>
                {all.length > 1 && <SpaceField spaces={all} value={spaceId} onChange={setChosen} />}
                <Emptied key={spaceId} spaceId={spaceId} />
              </>
            )
          )
        }}
      </Loaded>
    </>
  )
}

function SpaceField({ spaces, value, onChange }: { spaces: Space[]; value: string; onChange: (id: string) => void }) {
  const t = useText(common)
  return (
    <div className={styles.choice}>
      <SelectField
        label={t('space')}
        options={spaces.map((space) => ({ value: space.folder_id, label: nameOfSpace(space, t) }))}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}

function Emptied({ spaceId }: { spaceId: string }) {
  const t = useText(texts)
  const list = useInfiniteQuery(trashQuery(spaceId))
  const recover = useRecover()
  const remove = useDeleteForGood()
  const place = useRef<HTMLDivElement>(null)
  const [result, setResult] = useState<string>()
  const removal = useRemoval<Trashed>(place)
  const takeBack = ({ kind, id, name }: Trashed) =>
    recover.mutate([{ type: kind, id }], {
      onSuccess: () => {
        setResult(t('recovered', { name }))
        place.current?.focus()
      },
    })
  return (
    <Slab>
      <Result ref={place}>{result}</Result>
      <FormError>{recover.error && messageOf(recover.error)}</FormError>
      <Loaded query={list} lines={5}>
        {(things) =>
          things.length === 0 ? (
            <EmptyState title={t('trashEmpty')}>{t('trashEmptyText')}</EmptyState>
          ) : (
            <ul className={styles.rows}>
              {things.map((thing) => (
                <Row
                  key={thing.id}
                  thing={thing}
                  onRecover={() => takeBack(thing)}
                  onDelete={() => removal.ask(thing)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More list={list} />
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('deleteTitle', { name: removal.item?.name ?? '' })}
        confirm={t('deleteForGood')}
        danger
        onConfirm={async () => {
          if (removal.item) await remove.mutateAsync(removal.item)
          removal.done()
        }}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </Slab>
  )
}

function Row({ thing, onRecover, onDelete }: { thing: Trashed; onRecover: () => void; onDelete: () => void }) {
  const t = useText(texts)
  const tc = useText(common)
  const language = useLanguage()
  const { kind, name, group, trashed_at, trashed_by, expires_at, folder, abilities } = thing
  return (
    <li>
      {kind === 'folder' ? <Icon as={IconFolder} size={24} /> : <KindTile group={group ?? 'other'} />}
      <span>
        <b>{name}</b>
        <small>
          <Changed at={trashed_at} />
          {trashed_by && `, ${tc('byName', { name: trashed_by.name })}`}
          {folder && `, ${tc('wasIn', { name: folder.name })}`}
        </small>
        <small>{t('expires', { date: formatDate(expires_at, language) })}</small>
      </span>
      {abilities.includes('recover') && (
        <Button
          look="secondary"
          size="small"
          icon={IconRestore}
          onClick={onRecover}
          aria-label={t('recoverOne', { name })}
        >
          {t('recover')}
        </Button>
      )}
      {abilities.includes('delete') && (
        <Button look="danger" size="small" icon={IconTrash} onClick={onDelete} aria-label={t('deleteOne', { name })}>
          {t('deleteForGood')}
        </Button>
      )}
    </li>
  )
}
