import type { ReactNode } from 'react'
import styles from './Slab.module.css'

interface SlabProps {
  /** An `h2`, which names the region. */
  title?: string
  /** Beside the title: a link or a quiet button. */
  aside?: ReactNode
  children: ReactNode
  className?: string | undefined
}

/** A flat stone with a joint around it. One primary action each. */
export function Slab({ title, aside, children, className }: SlabProps) {
  const classes = [styles.slab, className].filter(Boolean).join(' ')
  if (!title) return <div className={classes}>{children}</div>
  return (
    <section className={classes} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Slabs one under the other, with the joint between them. */
export function Slabs({ children }: { children: ReactNode }) {
  return <div className={styles.slabs}>{children}</div>
}
