import { IconUpload } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { bringsFiles } from '../carrying'
import { type Dropped, droppedOn } from '../dropped'
import { texts } from '../i18n'
import styles from './documents.module.css'

interface DropZoneProps {
  allowed: boolean
  /** Of the folder where it will be put. */
  name: string
  onDrop: (dropped: Dropped) => void
  children: ReactNode
}

/** Where files and whole folders are dropped. A shortcut: the button « Déposer » does the same. */
export function DropZone({ allowed, name, onDrop, children }: DropZoneProps) {
  const t = useText(texts)
  const [over, setOver] = useState(false)
  const depth = useRef(0) // Each child is entered and left too.
  const enter = (event: DragEvent, by: number) => {
    if (!allowed || !bringsFiles(event)) return
    depth.current = Math.max(0, depth.current + by)
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    if (!allowed || !bringsFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    void droppedOn(event.dataTransfer).then(onDrop)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the button.
    <div
      className={styles.zone}
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => allowed && bringsFiles(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className={styles.dropHere} aria-hidden="true">
          <p>
            <Icon as={IconUpload} size={24} />
            {t('dropHere', { name })}
          </p>
        </div>
      )}
    </div>
  )
}
