import type { ReactNode } from 'react'
import type { Level } from '@/entities/person/audiences'
import styles from './edit.module.css'
import { LevelSelect } from './LevelSelect'

interface SectionProps {
  title: string
  level: Level
  onLevel: (level: Level) => void
  hint?: ReactNode
  children?: ReactNode
}

/** One field of the profile, and beside its name to whom it is shown. */
export function Section({ title, level, onLevel, hint, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.top}>
        <h3>{title}</h3>
        <LevelSelect field={title} value={level} onChange={onLevel} />
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  )
}

/** The same for a field of one control, whose label is its name. */
export function SingleField({ title, level, onLevel, children }: Omit<SectionProps, 'hint'>) {
  return (
    <div className={`${styles.section} ${styles.single}`}>
      {children}
      <LevelSelect field={title} value={level} onChange={onLevel} />
    </div>
  )
}
