import { IconDots, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { carry } from '../carrying'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import type { Document } from '../types'
import { useActItems } from '../useActItems'
import { useWhat } from '../useWhat'
import { Changed } from './Changed'
import styles from './documents.module.css'
import { KindTile } from './KindTile'
import type { ListProps } from './listProps'

interface DocumentRowProps extends Pick<ListProps, 'selection' | 'view' | 'acting' | 'to' | 'onLook' | 'onOpen'> {
  document: Document
  index: number
  /** It has the keyboard's place in the list. */
  isActive: boolean
  /** It is shown beside the list. */
  isShown: boolean
  isChosen: boolean
  onFocus: () => void
  onMenu: (x: number, y: number) => void
}

/** One document: what it is, whose, since when, in which version. */
export function DocumentRow(props: DocumentRowProps) {
  const { document, index, isActive, isShown, isChosen, selection, view, acting, to, onLook, onOpen, onFocus } = props
  const t = useText(texts)
  const what = useWhat()
  const language = useLanguage()
  const items = useActItems(acting)
  const { id, name, group, number, lock } = document
  const by = document.changed_by ?? document.created_by
  const tab = isActive ? 0 : -1
  const click = (event: MouseEvent<HTMLElement>) => {
    if ((event.target as HTMLElement).closest('a, button, input, label')) return
    if (event.shiftKey) selection.extend(id)
    else if (event.ctrlKey || event.metaKey) selection.toggle(id)
    else onLook(document)
  }
  return (
    <div
      role="row"
      tabIndex={tab}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      aria-current={isShown || undefined}
      className={styles.row}
      draggable={document.abilities.includes('move')}
      onDragStart={(event) =>
        carry(
          event,
          (isChosen ? selection.chosen : [document]).map((one) => ({ type: 'document', id: one.id })),
        )
      }
      onClick={click}
      onDoubleClick={() => onOpen(id)}
      onKeyDown={() => {}}
      onFocus={onFocus}
      onContextMenu={(event) => {
        event.preventDefault()
        props.onMenu(event.clientX, event.clientY)
      }}
    >
      <span role="rowheader" tabIndex={-1} className={styles.cellName}>
        <label className={styles.choose}>
          <KindTile group={group} />
          <input
            type="checkbox"
            tabIndex={tab}
            checked={isChosen}
            aria-label={t('choose', { name })}
            onChange={() => selection.toggle(id)}
          />
        </label>
        <span className={styles.words}>
          <Link to={to.document(id)} tabIndex={tab} title={name}>
            {name}
          </Link>
          <span className={styles.meta}>
            {what(document)}
            {lock && (
              <span className={styles.locked} title={t('lockedBy', { name: lock.by?.name ?? t('somebody') })}>
                <Icon as={IconLock} size={15} />
                {lock.is_mine ? t('lockedByMe') : t('lockedBy', { name: lock.by?.name ?? t('somebody') })}
              </span>
            )}
          </span>
          {view.q !== undefined && document.folder && (
            <span className={styles.meta}>{t('inFolder', { name: document.folder.name })}</span>
          )}
          <span className={`${styles.meta} ${styles.smallOnly}`}>
            <Changed at={document.changed_at} />
            {by && `, ${t('byName', { name: by.name })}`}
          </span>
        </span>
      </span>
      <span role="gridcell" tabIndex={-1} className={styles.cellOwner}>
        {by && (
          <span className={styles.person}>
            <PersonAvatar {...by} size={28} photo={by.avatar?.small} />
            <span>{by.name}</span>
          </span>
        )}
      </span>
      <span role="gridcell" tabIndex={-1} className={styles.cellWhen}>
        <Changed at={document.changed_at} />
      </span>
      <span role="gridcell" tabIndex={-1} className={styles.cellVersion}>
        {formatNumber(number, language)}
      </span>
      <span role="gridcell" tabIndex={-1} className={styles.cellActs}>
        <Menu items={items(documentAsThing(document), document)}>
          <IconButton icon={IconDots} label={t('actionsOn', { name })} tabIndex={tab} />
        </Menu>
      </span>
    </div>
  )
}
