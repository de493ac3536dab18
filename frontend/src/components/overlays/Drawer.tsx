import { Drawer as MantineDrawer } from '@mantine/core'
import type { ReactNode } from 'react'

interface DrawerProps {
  open: boolean
  onClose: () => void
  label: string
  /** Pixels, or the whole width of a small screen. */
  width: number
  overlay: string | undefined
  children: ReactNode
}

/** Over the page, from its right side: holds focus, closes with Esc and by what is behind it. Fetched where there is no room
 * beside. */
export function Drawer({ open, onClose, label, width, overlay, children }: DrawerProps) {
  return (
    <MantineDrawer.Root opened={open} onClose={onClose} position="right" size={width} lockScroll={false}>
      <MantineDrawer.Overlay className={overlay} />
      <MantineDrawer.Content aria-label={label}>{children}</MantineDrawer.Content>
    </MantineDrawer.Root>
  )
}
