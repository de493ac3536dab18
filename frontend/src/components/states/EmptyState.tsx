import { STONE } from '../paving/motifs'
import { Paving } from '../paving/Paving'
import { type StateProps, StateSlab } from './StateSlab'
import styles from './states.module.css'

/** Nothing here yet: one grey paving, one sentence, one action. */
export function EmptyState(props: StateProps) {
  return (
    <StateSlab
      {...props}
      sign={
        <span className={styles.paving}>
          <Paving of={{ motif: 'chequer', palette: STONE }} width={84} height={52} />
        </span>
      }
    />
  )
}
