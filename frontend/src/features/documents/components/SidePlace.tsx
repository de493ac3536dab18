import { Drawer } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './panel.module.css'

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
    <Drawer.Root opened={open} onClose={onClose} position="right" size={400} lockScroll={false}>
      <Drawer.Overlay className={styles.overlay} />
      <Drawer.Content aria-label={label}>
        <div className={styles.drawer}>
          {close}
          {children}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  )
}
