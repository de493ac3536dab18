import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import styles from './chat.module.css'

interface SidePanelProps {
  label: string
  onClose: () => void
  children: ReactNode
}

/** Beside the room where there is room for it; over it elsewhere. */
export function SidePanel({ label, onClose, children }: SidePanelProps) {
  const isWide = useMediaQuery('(min-width: 1380px)', true, { getInitialValueInEffect: false })
  if (isWide) {
    return (
      <aside className={styles.panel} aria-label={label}>
        {children}
      </aside>
    )
  }
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={420} lockScroll={false}>
      <Drawer.Overlay className={styles.overlay} />
      <Drawer.Content aria-label={label}>
        <div className={`${styles.panel} ${styles.drawer}`}>{children}</div>
      </Drawer.Content>
    </Drawer.Root>
  )
}
