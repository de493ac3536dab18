import { PublicGlyph } from '@/components/people/PublicGlyph'
import { type PublicCounts, publicNames, publics } from '@/components/people/publics'
import { Slab } from '@/components/Slab'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import styles from './WhoIsHere.module.css'

/** The four publics, with how many people stand behind each when the server tells. */
export function WhoIsHere({ counts }: { counts: PublicCounts | null | undefined }) {
  const t = useText(texts)
  const names = useText(publicNames)
  const language = useLanguage()
  return (
    <Slab title={t('who')} className={styles.slab}>
      <p className={styles.text}>{t('whoText')}</p>
      <ul className={styles.publics}>
        {publics.map((kind) => (
          <li key={kind}>
            <PublicGlyph public={kind} />
            <span>{names(kind)}</span>
            {counts && <b>{formatNumber(counts[kind] ?? 0, language)}</b>}
          </li>
        ))}
      </ul>
    </Slab>
  )
}
