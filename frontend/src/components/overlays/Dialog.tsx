import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useText } from '@/lib/i18n'
import { IconButton } from '../buttons/IconButton'
import { texts } from '../texts'
import styles from './overlays.module.css'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, from left to right; the last one is the main one. */
  footer?: ReactNode
  /** Pixels, or the whole width of a small screen. */
  width?: number
}

/** Holds focus, closes with Esc, gives focus back. The page behind is inert; mark the first useful field with `data-autofocus`. */
export function Dialog({ open, onClose, title, children, footer, width = 520 }: DialogProps) {
  const t = useText(texts)
  useInertPage(open)
  return (
    <Modal.Root
      opened={open}
      onClose={onClose}
      size={width}
      lockScroll={false}
      centered
      transitionProps={{ duration: 200 }}
    >
      <Modal.Overlay className={styles.overlay} />
      <Modal.Content className={styles.content}>
        <header className={styles.head}>
          <Modal.Title component="h2" className={styles.title}>
            {title}
          </Modal.Title>
          <IconButton icon={IconX} label={t('close')} onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
        {footer && <footer className={styles.foot}>{footer}</footer>}
      </Modal.Content>
    </Modal.Root>
  )
}

let openDialogs = 0

/** Nothing behind a dialog can be reached, by pointer, keyboard or reader. */
function useInertPage(open: boolean) {
  useEffect(() => {
    if (!open) return
    openDialogs += 1
    page()?.toggleAttribute('inert', true)
    return () => {
      openDialogs -= 1
      if (openDialogs === 0) page()?.toggleAttribute('inert', false)
    }
  }, [open])
}

const page = () => document.getElementById('root')
