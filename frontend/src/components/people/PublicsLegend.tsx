import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { PublicGlyph } from './PublicGlyph'
import styles from './people.module.css'
import { type PublicCounts, publicNames, publics } from './publics'

/** What the shapes mean, with how many people stand behind each when that may be told. */
export function PublicsLegend({ counts }: { counts?: PublicCounts | null | undefined }) {
  const t = useText(publicNames)
  const language = useLanguage()
  return (
    <ul className={styles.legend}>
      {publics.map((kind) => (
        <li key={kind}>
          <PublicGlyph public={kind} />
          {t(kind)}
          {counts && <b>{formatNumber(counts[kind] ?? 0, language)}</b>}
        </li>
      ))}
    </ul>
  )
}
