import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Words for readers only. */
export function VisuallyHidden({
  children,
  as: Tag = 'span',
}: {
  children: ReactNode
  as?: 'span' | 'legend' | 'h1' | 'h2' | 'h3'
}) {
  return <Tag className={styles.hidden}>{children}</Tag>
}
