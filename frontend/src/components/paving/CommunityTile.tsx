import type { PavingChoice } from './motifs'
import { Paving } from './Paving'
import styles from './paving.module.css'

/** A community's icon: its paving in a rounded square. The name stands beside it. */
export function CommunityTile({ of, size = 40 }: { of: string | PavingChoice; size?: number }) {
  return (
    <span className={styles.tile} style={{ '--s': `${size}px` }}>
      <Paving of={of} width={size} height={size} scale={size / 56} />
    </span>
  )
}
