import type { ReactNode } from 'react'
import styles from './Count.module.css'
import { VisuallyHidden } from './VisuallyHidden'

/** How much waits at a place, on the light; readers hear of what. */
export function Count({ children, of }: { children: ReactNode; of: string }) {
  return (
    <b className={styles.count}>
      {children}
      <VisuallyHidden> {of}</VisuallyHidden>
    </b>
  )
}
