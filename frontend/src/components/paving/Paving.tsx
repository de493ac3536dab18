import { useId } from 'react'
import { motifs, type PavingChoice, pavingOf } from './motifs'
import styles from './paving.module.css'

interface PavingProps {
  /** An id chooses its paving; a choice is drawn as told. */
  of: string | PavingChoice
  width: number | string
  height: number | string
  /** Of the pattern: 1 is one stone of 16 pixels. */
  scale?: number
}

/** A paved surface: decorative, a pure function of the id. */
export function Paving({ of, width, height, scale = 1 }: PavingProps) {
  const id = useId()
  const { motif, palette } = typeof of === 'string' ? pavingOf(of) : of
  const drawing = motifs[motif]
  return (
    <svg
      className={styles.paving}
      data-motif={motif}
      width={width}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <pattern
          id={id}
          width={drawing.width}
          height={drawing.height}
          patternUnits="userSpaceOnUse"
          patternTransform={`scale(${scale})`}
        >
          {drawing.draw(palette)}
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}
