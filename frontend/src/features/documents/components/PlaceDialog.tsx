import { IconChevronLeft, IconFolder } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { Dialog } from '@/components/overlays/Dialog'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useCopy, useMove } from '../mutations'
import { nameOf, nameOfSpace } from '../names'
import { folderQuery, foldersQuery, spacesQuery } from '../queries'
import type { Thing } from '../types'
import styles from './dialogs.module.css'
import { More } from './More'

interface PlaceDialogProps {
  open: boolean
  onClose: () => void
  act: 'move' | 'copy'
  things: readonly Thing[]
}

/** Where to: from where things are, folder by folder, up to the spaces. */
export function PlaceDialog({ open, onClose, act, things }: PlaceDialogProps) {
  const t = useText(texts)
  const [first] = things
  const title =
    things.length === 1 && first ? t(`${act}One`, { name: first.name }) : t(`${act}Some`, { count: things.length })
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <Choosing act={act} things={things} onDone={onClose} />
    </Dialog>
  )
}

interface ChoosingProps extends Pick<PlaceDialogProps, 'act' | 'things'> {
  onDone: () => void
}

function Choosing({ act: kind, things, onDone }: ChoosingProps) {
  const t = useText(texts)
  const from = things[0]?.parentId ?? undefined
  const [at, setAt] = useState(from)
  const move = useMove()
  const copy = useCopy()
  const once = useOnce()
  const act = kind === 'move' ? move : copy
  const folder = useQuery({ ...folderQuery(at ?? ''), enabled: at !== undefined })
  const mayPut = at !== undefined && folder.data?.abilities.includes('add') === true
  const isThere = kind === 'move' && things.every(({ parentId }) => parentId === at)
  const go = () => {
    if (at === undefined || act.isPending) return
    const what = { things, folderId: at }
    act.mutate({ ...what, once: once(what) }, { onSuccess: onDone })
  }
  return (
    <>
      <FormError>{act.error && messageOf(act.error)}</FormError>
      {at === undefined ? (
        <p className={styles.where}>{t('spaces')}</p>
      ) : (
        <p className={styles.where}>
          <button type="button" onClick={() => setAt(folder.data?.path.at(-1)?.id)} aria-label={t('upwards')}>
            <Icon as={IconChevronLeft} />
          </button>
          <b>{folder.data && nameOf(folder.data, t)}</b>
        </p>
      )}
      <div className={styles.tree}>
        {at === undefined ? <Spaces onChoose={setAt} /> : <Below folderId={at} onChoose={setAt} things={things} />}
      </div>
      <div className={styles.buttons}>
        {at !== undefined && folder.data && !mayPut && <p className={styles.mayNot}>{t('mayNotPut')}</p>}
        <Button disabled={!mayPut || isThere} busy={act.isPending} onClick={go}>
          {t(`${kind}Here`)}
        </Button>
      </div>
    </>
  )
}

function Spaces({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useText(texts)
  const list = useInfiniteQuery(spacesQuery)
  return (
    <Loaded query={list}>
      {(spaces) => (
        <>
          <ul>
            {spaces.map((space) => (
              <li key={space.folder_id}>
                <button type="button" onClick={() => onChoose(space.folder_id)}>
                  {space.community ? (
                    <CommunityTile of={space.community.id} size={24} />
                  ) : (
                    <Icon as={IconFolder} size={20} />
                  )}
                  {nameOfSpace(space, t)}
                </button>
              </li>
            ))}
          </ul>
          <More list={list} />
        </>
      )}
    </Loaded>
  )
}

interface BelowProps {
  folderId: string
  onChoose: (id: string) => void
  things: readonly Thing[]
}

/** What is moved or copied is no place for itself. */
function Below({ folderId, onChoose, things }: BelowProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(foldersQuery(folderId))
  return (
    <Loaded query={list}>
      {(folders) => {
        const others = folders.filter(({ id }) => !things.some((one) => one.id === id))
        if (others.length === 0) return <p className={styles.none}>{t('noFolderBelow')}</p>
        return (
          <>
            <ul>
              {others.map(({ id, name }) => (
                <li key={id}>
                  <button type="button" onClick={() => onChoose(id)}>
                    <Icon as={IconFolder} size={20} />
                    {name}
                  </button>
                </li>
              ))}
            </ul>
            <More list={list} />
          </>
        )
      }}
    </Loaded>
  )
}
