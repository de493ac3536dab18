import type { ReactNode } from 'react'
import { useTitle } from '@/lib/title'
import styles from './EntranceTitle.module.css'

interface EntranceTitleProps {
  children: string
  /** The window's name, when it is shorter. */
  window?: string
  lead?: ReactNode
}

/** The large title of a page before the shell, and one sentence. */
export function EntranceTitle({ children, window: name, lead }: EntranceTitleProps) {
  useTitle(name ?? children)
  return (
    <div className={styles.title}>
      <h1>{children}</h1>
      {lead && <p>{lead}</p>}
    </div>
  )
}

/** « Étape 2 sur 3 » as three bars and its words. */
export function Steps({ now, of, children }: { now: number; of: number; children: string }) {
  return (
    <p className={styles.steps}>
      {Array.from({ length: of }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity.
        <i key={index} data-done={index < now || undefined} aria-hidden="true" />
      ))}
      <span>{children}</span>
    </p>
  )
}

/** A line with words in its middle, between two ways in. */
export function Or({ children }: { children: ReactNode }) {
  return (
    <p className={styles.or}>
      <span>{children}</span>
    </p>
  )
}
