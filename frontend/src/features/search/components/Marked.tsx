import type { Passage } from '../types'
import styles from './marks.module.css'

/** A text with what was looked for marked in it. All of it is text, whatever it looks like. */
export function Marked({ passages }: { passages: readonly Passage[] }) {
  return (
    <span className={styles.marked}>
      {passages.map(({ text, is_match }, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, which have no identity.
        is_match ? <mark key={index}>{text}</mark> : text,
      )}
    </span>
  )
}
