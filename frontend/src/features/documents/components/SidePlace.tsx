import { IconX } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './panel.module.css'

const Drawer = lazy(async () => ({ default: (await import('@/components/overlays/Drawer')).Drawer }))

interface SidePlaceProps {
  isWide: boolean
  open: boolean
  onClose: () => void
  label: string
  children: ReactNode
  /** What stands there while nothing is looked at. */
  otherwise: ReactNode
}

/** Beside the list where there is room for it; over it elsewhere. */
export function SidePlace({ isWide, open, onClose, label, children, otherwise }: SidePlaceProps) {
  const t = useText(texts)
  const close = <IconButton icon={IconX} label={t('close')} onClick={onClose} className={styles.close} />
  if (isWide) {
    return (
      <aside className={styles.panel} aria-label={label}>
        {open ? (
          <>
            {close}
            {children}
          </>
        ) : (
          otherwise
        )}
      </aside>
    )
  }
  return (
    <Suspense>
      <Drawer open={open} onClose={onClose} label={label} width={400} overlay={styles.overlay}>
        <div className={styles.drawer}>
          {close}
          {children}
        </div>
      </Drawer>
    </Suspense>
  )
}
