import { Menu as MantineMenu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { MenuItem } from './Menu'
import { MenuItems } from './Menu'
import styles from './overlays.module.css'

interface ContextMenuProps {
  /** Where it was asked for, in the window; absent while it is closed. */
  at: { x: number; y: number } | undefined
  onClose: () => void
  items: readonly MenuItem[]
  label: string
}

/** The same as a menu of a button, where the pointer is. It never holds what no button has. */
export function ContextMenu({ at, onClose, items, label }: ContextMenuProps) {
  const navigate = useNavigate()
  return (
    <MantineMenu
      opened={at !== undefined}
      onChange={(open) => !open && onClose()}
      position="bottom-start"
      classNames={{ dropdown: styles.menu ?? '', item: styles.item ?? '', divider: styles.divider ?? '' }}
      transitionProps={{ duration: 120 }}
      withinPortal
    >
      <MantineMenu.Target>
        <span aria-hidden="true" className={styles.point} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </MantineMenu.Target>
      <MantineMenu.Dropdown aria-label={label}>
        <MenuItems items={items} onGo={(to) => void navigate({ to })} />
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}
