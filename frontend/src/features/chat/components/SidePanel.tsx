import { useMediaQuery } from '@mantine/hooks'
import { lazy, type ReactNode, Suspense } from 'react'
import styles from './chat.module.css'

const Drawer = lazy(async () => ({ default: (await import('@/components/overlays/Drawer')).Drawer }))

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
    <Suspense>
      <Drawer open onClose={onClose} label={label} width={420} overlay={styles.overlay}>
        <div className={`${styles.panel} ${styles.drawer}`}>{children}</div>
      </Drawer>
    </Suspense>
  )
}
