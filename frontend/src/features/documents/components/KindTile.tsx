import { Icon } from '@/components/Icon'
import { kinds } from '../kinds'
import type { Group } from '../view'
import styles from './documents.module.css'

/** What kind of thing it is, drawn; its words stand beside it. */
export function KindTile({ group }: { group: Group }) {
  const { icon, colour } = kinds[group] ?? kinds.other
  return (
    <span className={styles.kind} style={{ '--c': colour }}>
      <Icon as={icon} />
    </span>
  )
}
