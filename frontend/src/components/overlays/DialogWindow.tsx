import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useState, useSyncExternalStore } from 'react'
import { useText } from '@/lib/i18n'
import { IconButton } from '../buttons/IconButton'
import { texts } from '../texts'
import type { DialogProps } from './Dialog'
import styles from './overlays.module.css'

/** What a dialog is made of. It opens once it is there: what opened it still has the focus then, and gets it back. */
export function DialogWindow({ open: isWanted, onClose, title, children, footer, width = 520 }: DialogProps) {
  const t = useText(texts)
  const [isThere, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  const open = isWanted && isThere
  const { onTop, depth } = useStack(open)
  return (
    <Modal.Root
      opened={open}
      onClose={onClose}
      closeOnEscape={onTop}
      zIndex={LOWEST + depth}
      size={width}
      lockScroll={false}
      centered
      transitionProps={{ duration: 200 }}
      classNames={{ overlay: styles.overlay ?? '', content: styles.content ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content inert={!onTop}>
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

const LOWEST = 200
let stack: readonly string[] = []
const listeners = new Set<() => void>()

/**
 * A dialog may ask for another, such as a proof of who is there. Only the one on top can be reached, by pointer, keyboard
 * or reader; the page behind them cannot while there is one.
 */
function useStack(open: boolean): { onTop: boolean; depth: number } {
  const id = useId()
  useEffect(() => {
    if (!open) return
    restack([...stack, id])
    return () => restack(stack.filter((one) => one !== id))
  }, [open, id])
  const opened = useSyncExternalStore(subscribe, () => stack)
  const depth = opened.indexOf(id)
  return { onTop: depth === -1 || depth === opened.length - 1, depth: Math.max(depth, 0) }
}

function restack(next: readonly string[]) {
  stack = next
  document.getElementById('root')?.toggleAttribute('inert', stack.length > 0)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
