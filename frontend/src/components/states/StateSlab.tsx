import type { ReactNode } from 'react'
import { Icon, type IconType } from '../Icon'
import styles from './states.module.css'

export interface StateProps {
  title: string
  children?: ReactNode
  /** One button or link. */
  action?: ReactNode
  /** `h1` when the state is the whole page. */
  heading?: 'h1' | 'h2' | 'h3'
}

/** The common frame of the states: a sign, a title, a sentence, an action. */
export function StateSlab({
  sign,
  title,
  children,
  action,
  heading: Heading = 'h2',
}: StateProps & { sign: ReactNode }) {
  return (
    <div className={styles.state}>
      {sign}
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  )
}

export function Sign({ as, danger = false }: { as: IconType; danger?: boolean }) {
  return (
    <span className={styles.sign} data-danger={danger || undefined}>
      <Icon as={as} size={24} />
    </span>
  )
}
