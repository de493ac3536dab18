import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { VisuallyHidden } from '../VisuallyHidden'
import { PublicGlyph } from './PublicGlyph'
import styles from './people.module.css'
import { type Public, type PublicCounts, publicCounts, publics } from './publics'

/** Which publics take part, and how many of each: the bar shows, the numbers say, the words are for readers. */
export function MixBar({ counts }: { counts: PublicCounts }) {
  const present = publics.flatMap((kind) => (counts[kind] ? [{ kind, count: counts[kind] }] : []))
  return (
    <span className={styles.mix}>
      <span className={styles.bar} aria-hidden="true">
        {present.map(({ kind, count }) => (
          <i key={kind} data-public={kind} style={{ flex: count }} />
        ))}
      </span>
      <span className={styles.numbers}>
        {present.map(({ kind, count }) => (
          <PublicNumber key={kind} kind={kind} count={count} />
        ))}
      </span>
    </span>
  )
}

function PublicNumber({ kind, count }: { kind: Public; count: number }) {
  const t = useText(publicCounts)
  const language = useLanguage()
  return (
    <span>
      <PublicGlyph public={kind} />
      <b aria-hidden="true">{formatNumber(count, language)}</b>
      <VisuallyHidden>{t(kind, { count })}</VisuallyHidden>
    </span>
  )
}
