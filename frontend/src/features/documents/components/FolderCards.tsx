import { IconDots, IconLock, IconUser, IconUsers, IconWorld } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon, type IconType } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { carriedIn } from '../carrying'
import { texts } from '../i18n'
import { folderAsThing } from '../mutations'
import type { FolderCard, Public, Reference } from '../types'
import { useActItems } from '../useActItems'
import type { Acting } from '../useActing'
import styles from './documents.module.css'

const marks: Record<Public, IconType> = {
  organisation: IconWorld,
  community: IconUsers,
  restricted: IconLock,
  private: IconUser,
}

interface FolderCardsProps {
  folders: readonly FolderCard[]
  acting: Acting
  to: Addresses
  /** Something of the list was dropped on one of them. */
  onCarried: (things: readonly Reference[], folderId: string) => void
}

/** The folders of a folder: whom each is open to, and how much is in it. */
export function FolderCards({ folders, acting, to, onCarried }: FolderCardsProps) {
  const t = useText(texts)
  if (folders.length === 0) return null
  return (
    <>
      <VisuallyHidden as="h2">{t('folders')}</VisuallyHidden>
      <ul className={styles.folders}>
        {folders.map((folder) => (
          <Card key={folder.id} folder={folder} acting={acting} to={to} onCarried={onCarried} />
        ))}
      </ul>
    </>
  )
}

function Card({ folder, acting, to, onCarried }: Omit<FolderCardsProps, 'folders'> & { folder: FolderCard }) {
  const t = useText(texts)
  const { id, name } = folder
  const [over, setOver] = useState(false)
  const menu = useActItems(acting)
  const hover = (event: DragEvent) => {
    if (!carriedIn(event)) return
    event.preventDefault()
    event.stopPropagation()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    const things = carriedIn(event)
    setOver(false)
    if (!things) return
    event.preventDefault()
    event.stopPropagation()
    onCarried(things, id)
  }
  return (
    <li
      className={styles.folder}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={styles.folderBody}>
        <Link to={to.folder(id)} title={name}>
          {name}
        </Link>
        <span className={styles.meta}>
          <Icon as={marks[folder.public]} size={15} />
          <VisuallyHidden>{t(folder.public)}, </VisuallyHidden>
          {t('items', { count: folder.folders + folder.documents })}
        </span>
      </div>
      <Menu items={menu(folderAsThing(folder))}>
        <IconButton icon={IconDots} label={t('actionsOn', { name })} />
      </Menu>
    </li>
  )
}
