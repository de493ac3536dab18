import { Moment } from '@/components/Moment'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Case } from '../queries'
import styles from './moderation.module.css'
import { useDecisionWords } from './words'

/** What was decided before about the same person in this community. */
export function Earlier({ of }: { of: Case }) {
  const t = useText(texts)
  const words = useDecisionWords()
  if (of.earlier_count === 0) return <p className={styles.muted}>{t('noEarlier')}</p>
  return (
    <details className={styles.earlier}>
      <summary>{t('earlier', { count: of.earlier_count })}</summary>
      <ul>
        {of.earlier.map((one) => (
          <li key={one.at}>
            <b>{words(one)}</b>, <Moment at={one.at} />. {one.reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
