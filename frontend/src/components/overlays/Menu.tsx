import { Menu as MantineMenu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactElement } from 'react'
import { Icon, type IconType } from '../Icon'
import styles from './overlays.module.css'

export interface MenuItem {
  label: string
  icon?: IconType
  /** An address of the application, or what to do. */
  to?: string
  onSelect?: () => void
  danger?: boolean
  /** Draws a line above. */
  apart?: boolean
}

interface MenuProps {
  /** A button, which gets `aria-haspopup` and `aria-expanded`. */
  children: ReactElement
  items: readonly MenuItem[]
  position?: 'top-start' | 'bottom-start' | 'bottom-end' | 'right-end'
  /** Told when it opens and closes. */
  onOpen?: (open: boolean) => void
}

/** Arrows move, letters find, Esc closes and gives focus back. */
export function Menu({ children, items, position = 'bottom-end', onOpen }: MenuProps) {
  const navigate = useNavigate()
  return (
    <MantineMenu
      position={position}
      classNames={{ dropdown: styles.menu ?? '', item: styles.item ?? '', divider: styles.divider ?? '' }}
      transitionProps={{ duration: 120 }}
      {...(onOpen && { onChange: onOpen })}
      hideDetached={false} // It stays while what is behind it moves: messages come, a list grows.
      withinPortal
    >
      <MantineMenu.Target>{children}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        <MenuItems items={items} onGo={(to) => void navigate({ to })} />
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

/** The lines of a menu, whatever opened it. */
export function MenuItems({ items, onGo }: { items: readonly MenuItem[]; onGo: (to: string) => void }) {
  const select = (item: MenuItem) => {
    item.onSelect?.()
    if (item.to !== undefined) onGo(item.to)
  }
  return items.map((item) => (
    <Fragment key={item.label}>
      {item.apart && <MantineMenu.Divider />}
      <MantineMenu.Item
        leftSection={item.icon && <Icon as={item.icon} size={17} />}
        data-danger={item.danger || undefined}
        onClick={() => select(item)}
      >
        {item.label}
      </MantineMenu.Item>
    </Fragment>
  ))
}
