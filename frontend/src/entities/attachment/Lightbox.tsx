import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import styles from './attachment.module.css'
import { texts } from './texts'
import type { ShownImage } from './types'

interface LightboxProps {
  images: ShownImage[]
  /** Which one is open, from 0. */
  at: number | undefined
  onMove: (at: number) => void
  onClose: () => void
}

/** Pictures one at a time, large; the arrow keys go from one to the next. */
export function Lightbox({ images, at, onMove, onClose }: LightboxProps) {
  const t = useText(texts)
  const [last, setLast] = useState(0)
  useEffect(() => {
    if (at !== undefined) setLast(at)
  }, [at])
  const index = Math.min(at ?? last, images.length - 1) // While it closes, it still shows the last one.
  const image = images[index]
  const go = (by: number) => onMove((index + by + images.length) % images.length)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1)
    if (event.key === 'ArrowRight') go(1)
  }
  const several = images.length > 1
  return (
    <Dialog
      open={at !== undefined}
      onClose={onClose}
      title={t('position', { number: index + 1, count: images.length })}
      width={1100}
    >
      {image && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are shortcuts of the buttons inside.
        <div onKeyDown={several ? press : undefined}>
          <figure className={styles.large}>
            <img key={image.id} src={image.url} alt={image.alt} width={image.width} height={image.height} />
            {image.alt && <figcaption aria-hidden="true">{image.alt}</figcaption>}
          </figure>
          {several && (
            <p className={styles.turning}>
              <IconButton icon={IconChevronLeft} label={t('previous')} onClick={() => go(-1)} />
              <IconButton icon={IconChevronRight} label={t('next')} data-autofocus onClick={() => go(1)} />
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}
