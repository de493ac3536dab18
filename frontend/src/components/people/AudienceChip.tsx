import type { ReactNode } from 'react'
import { useText } from '@/lib/i18n'
import { PublicGlyph } from './PublicGlyph'
import styles from './people.module.css'
import { type Public, publicNames } from './publics'

/** A public as audience or filter: shape, colour and word. */
export function AudienceChip({ public: kind, children }: { public: Public; children?: ReactNode }) {
  const t = useText(publicNames)
  return (
    <span className={styles.chip} data-public={kind}>
      <PublicGlyph public={kind} />
      {children ?? t(kind)}
    </span>
  )
}
