import type { PavingChoice } from './motifs'
import { Paving } from './Paving'
import styles from './paving.module.css'

interface CommunityTileProps {
  of: string | PavingChoice
  /** What it chose in place of its paving. */
  picture?: string | null
  size?: number
}

/** A community's icon: its picture or its paving, in a rounded square. The name stands beside it. */
export function CommunityTile({ of, picture, size = 40 }: CommunityTileProps) {
  return (
    <span className={styles.tile} style={{ '--s': `${size}px` }}>
      {picture ? (
        <img className={styles.picture} src={picture} alt="" width={size} height={size} />
      ) : (
        <Paving of={of} width={size} height={size} scale={size / 56} />
      )}
    </span>
  )
}
