import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import styles from './overlays.module.css'
import { LOWEST, useStack } from './stack'

interface BareWindowProps {
  open: boolean
  onClose: () => void
  /** What it is, for who does not see it. */
  label: string
  /** Pixels, or the whole screen of a phone. */
  width: number
  children: ReactNode
}

/**
 * A dialog that has no title to be seen nor buttons of its own, near the top of the page: holds focus, closes with Esc and by
 * what is behind it, gives focus back. It opens once it is there: what opened it still has the focus then.
 */
export function BareWindow({ open: isWanted, onClose, label, width, children }: BareWindowProps) {
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
      yOffset="9vh"
      lockScroll={false}
      transitionProps={{ duration: 120, transition: 'fade' }}
      classNames={{ overlay: styles.overlay ?? '', content: styles.bare ?? '', inner: styles.bareInner ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content inert={!onTop} aria-label={label}>
        {children}
      </Modal.Content>
    </Modal.Root>
  )
}
