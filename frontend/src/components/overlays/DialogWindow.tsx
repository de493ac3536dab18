import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useText } from '@/lib/i18n'
import { IconButton } from '../buttons/IconButton'
import { texts } from '../texts'
import type { DialogProps } from './Dialog'
import styles from './overlays.module.css'
import { LOWEST, useStack } from './stack'

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
