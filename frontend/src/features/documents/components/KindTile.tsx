import { Icon } from '@/components/Icon'
import { colourOf, iconOf } from '@/entities/attachment/documentIcons'
import type { Group } from '../view'
import styles from './documents.module.css'

/** What kind of thing it is, drawn; its words stand beside it. */
export function KindTile({ group }: { group: Group }) {
  return (
    <span className={styles.kind} style={{ '--c': colourOf(group) }}>
      <Icon as={iconOf(group)} />
    </span>
  )
}
