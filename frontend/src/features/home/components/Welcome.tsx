import { IconUsers } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { PublicsLegend } from '@/components/people/PublicsLegend'
import { Scene } from '@/components/scene/Scene'
import { formatDay } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { useOnlineCount } from '@/realtime/presence'
import { texts } from '../i18n'
import styles from './Welcome.module.css'

/** The square at the top of home: a greeting, the day, what the shapes mean. */
export function Welcome({ givenName, stepsLeft }: { givenName: string; stepsLeft: number }) {
  const t = useText(texts)
  const day = formatDay(Date.now(), useLanguage())
  const online = useOnlineCount()
  return (
    <section className={styles.place} aria-label={t('today')}>
      <div className={styles.words}>
        <h1>{t('hello', { name: givenName })}</h1>
        <p>{stepsLeft > 0 ? t('stepsLeft', { count: stepsLeft, day }) : t('ready', { day })}</p>
        {online !== null && (
          <p className={styles.online}>
            <Icon as={IconUsers} size={17} />
            {t('online', { count: online })}
          </p>
        )}
        <PublicsLegend />
      </div>
      <Scene className={styles.scene} />
    </section>
  )
}
