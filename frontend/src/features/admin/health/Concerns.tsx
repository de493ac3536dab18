import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { texts as troubles } from './concerns.texts'
import { durationOf } from './duration'
import styles from './health.module.css'
import { texts } from './i18n'
import type { Concern } from './queries'

/** What is wrong, the gravest first, and what to do about each. */
export function Concerns({ concerns }: { concerns: readonly Concern[] }) {
  const t = useText(texts)
  if (concerns.length === 0) {
    return (
      <Slab title={t('state')}>
        <p className={styles.fine}>
          <Icon as={IconCircleCheck} size={24} />
          <span>
            <b>{t('fine')}</b> {t('fineText')}
          </span>
        </p>
      </Slab>
    )
  }
  return (
    <Slab title={t('wrong', { count: concerns.length })}>
      <ul className={styles.concerns}>
        {concerns.map((concern) => (
          <OneConcern key={`${concern.kind} ${concern.subject}`} concern={concern} />
        ))}
      </ul>
      <p className={styles.scope}>{t('docs', { section: t('section') })}</p>
    </Slab>
  )
}

function OneConcern({ concern: { kind, amount, subject } }: { concern: Concern }) {
  const t = useText(texts)
  const says = useText(troubles)
  const language = useLanguage()
  const value = amount ?? 0
  const words = {
    count: value,
    subject: subject ?? '',
    duration: durationOf(value, t),
    size: formatSize(value, language),
  }
  return (
    <li>
      <Icon as={IconAlertTriangle} size={24} />
      <div>
        <b>{says(kind, words)}</b>
        <p>{says(`${kind}_do`)}</p>
      </div>
    </li>
  )
}
