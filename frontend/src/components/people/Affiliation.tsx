import { PublicGlyph } from './PublicGlyph'
import styles from './people.module.css'
import type { Public } from './publics'

/** « ● Étudiante, L3 »: the public's shape, then the words that say more than the shape. */
export function Affiliation({ public: kind, children }: { public: Public | null; children: string }) {
  return (
    <span className={styles.affiliation}>
      {kind && <PublicGlyph public={kind} />}
      <span>{children}</span>
    </span>
  )
}
