import { useState } from 'react'
import { useText } from '@/lib/i18n'
import styles from './attachment.module.css'
import { Lightbox } from './Lightbox'
import { texts } from './texts'
import type { ShownImage } from './types'

const MOST_SHOWN = 4
const SMALL = 960

/** The pictures of a post: one whole, several as a mosaic, of which each opens large. */
export function Gallery({ images }: { images: ShownImage[] }) {
  const [open, setOpen] = useState<number>()
  if (images.length === 0) return null
  return (
    <>
      <ul className={styles.gallery} data-count={Math.min(images.length, MOST_SHOWN)}>
        {images.slice(0, MOST_SHOWN).map((image, index) => (
          <li key={image.id}>
            <Shown
              image={image}
              number={index + 1}
              count={images.length}
              hidden={index === MOST_SHOWN - 1 ? images.length - MOST_SHOWN : 0}
              onOpen={() => setOpen(index)}
            />
          </li>
        ))}
      </ul>
      <Lightbox images={images} at={open} onMove={setOpen} onClose={() => setOpen(undefined)} />
    </>
  )
}

interface ShownProps {
  image: ShownImage
  number: number
  count: number
  /** How many more stand behind it. */
  hidden: number
  onOpen: () => void
}

function Shown({ image, number, count, hidden, onOpen }: ShownProps) {
  const t = useText(texts)
  const { alt, width, height, url, small_url: small } = image
  const label = alt ? t('open', { alt }) : t('openNumber', { number, count })
  const narrow = Math.round(Math.min(1, SMALL / Math.max(width, height)) * width)
  return (
    <button type="button" className={styles.shown} aria-label={label} onClick={onOpen}>
      <img
        src={small}
        srcSet={`${small} ${narrow}w, ${url} ${width}w`}
        sizes={count === 1 ? '(min-width: 700px) 660px, 100vw' : '(min-width: 700px) 330px, 50vw'}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
      {hidden > 0 && <span className={styles.more}>{t('more', { count: hidden })}</span>}
    </button>
  )
}
