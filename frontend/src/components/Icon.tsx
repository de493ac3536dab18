import type { Icon as TablerIcon } from '@tabler/icons-react'
import styles from './Icon.module.css'

export type IconType = TablerIcon

interface IconProps {
  as: IconType
  /** 17 in buttons, 20 in navigation, 23 in the bottom bar, 24 in states. */
  size?: number
}

/** A drawing beside words: it says nothing by itself, so readers pass over it. */
export function Icon({ as: Drawing, size = 20 }: IconProps) {
  return <Drawing size={size} stroke={1.75} className={styles.icon} aria-hidden="true" focusable="false" />
}
