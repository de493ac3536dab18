import { PublicGlyph } from '@/components/people/PublicGlyph'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Line } from '../path'
import styles from './profile.module.css'

/** What somebody has done, the latest first: told by him, or by the university, and then it says so. */
export function Timeline({ lines }: { lines: readonly Line[] }) {
  const t = useText(texts)
  return (
    <Slab title={t('path')} className={styles.section}>
      <ol className={styles.path}>
        {lines.map((line) => (
          <li key={line.key}>
            <span className={styles.years}>{years(line)}</span>
            <span className={styles.mark}>
              {line.public ? <PublicGlyph public={line.public} /> : <i className={styles.ring} />}
            </span>
            <div>
              <b>{line.title}</b>
              {line.text && <p>{line.text}</p>}
              {line.official && <p className={styles.official}>{t('official')}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Slab>
  )

  function years({ since, until }: Line): string {
    if (until === null) return t('since', { year: String(since) })
    return since === until ? String(since) : t('years', { from: String(since), to: String(until) })
  }
}
