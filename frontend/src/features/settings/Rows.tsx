import type { ReactNode } from 'react'
import { Icon, type IconType } from '@/components/Icon'
import styles from './Rows.module.css'

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  )
}

interface RowProps {
  icon: IconType
  name: string
  /** Beside the name: states, each with its word. */
  chips?: ReactNode
  /** Under the name. */
  facts?: ReactNode
  /** Buttons. */
  actions?: ReactNode
}

/** One thing of a list in the settings: what it is, what is known of it, what may be done with it. */
export function Row({ icon, name, chips, facts, actions }: RowProps) {
  return (
    <li>
      <span className={styles.sign}>
        <Icon as={icon} size={22} />
      </span>
      <div>
        <div className={styles.name}>
          <h3>{name}</h3>
          {chips}
        </div>
        {facts && <div className={styles.facts}>{facts}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  )
}
