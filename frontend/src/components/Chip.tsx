import type { ReactNode } from 'react'
import styles from './Chip.module.css'
import { Icon, type IconType } from './Icon'

interface ChipProps {
  /** Light is for « for you, now, here »; line has an edge only. */
  look?: 'plain' | 'light' | 'soft' | 'line' | 'success' | 'danger'
  icon?: IconType
  children: ReactNode
}

/** A word about something: a role, a state. Status is never colour only, so it always has words. */
export function Chip({ look = 'plain', icon, children }: ChipProps) {
  return (
    <span className={styles.chip} data-look={look}>
      {icon && <Icon as={icon} size={15} />}
      {children}
    </span>
  )
}
