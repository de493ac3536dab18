import { Slab } from '@/components/Slab'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { durationOf } from './duration'
import { Figures } from './Figures'
import styles from './health.module.css'
import { texts } from './i18n'
import type { Health } from './queries'

/** What was asked within the last minutes, and how it was answered. */
export function Requests({ requests: { seconds, requests, failed, p95, routes } }: { requests: Health['requests'] }) {
  const t = useText(texts)
  const language = useLanguage()
  const rate = (count: number, within: number) =>
    formatNumber(Math.round((count * within * 10) / Math.max(seconds, 1)) / 10, language)
  const time = (within: number | null) => (within === null ? '–' : durationOf(within, t))
  return (
    <Slab title={t('requests')}>
      <p className={styles.scope}>{t('ofAllProcesses', { duration: durationOf(seconds, t) })}</p>
      <Figures
        of={[
          [t('perSecond'), rate(requests, 1)],
          [t('p95'), time(p95)],
          [t('failed'), formatNumber(failed, language)],
        ]}
      />
      {routes.length === 0 ? (
        <p>{t('noRequests')}</p>
      ) : (
        <table className={admin.table} aria-label={t('routes')}>
          <thead>
            <tr>
              <th scope="col">{t('route')}</th>
              <th scope="col">{t('perMinute')}</th>
              <th scope="col">{t('p95')}</th>
              <th scope="col">{t('failed')}</th>
            </tr>
          </thead>
          <tbody>
            {routes.map((one) => (
              <tr key={one.route} className={styles.inLine}>
                <td>
                  <code>{one.route}</code>
                </td>
                <td>
                  <span className={styles.label}>{t('perMinute')}</span>
                  {rate(one.requests, 60)}
                </td>
                <td>
                  <span className={styles.label}>{t('p95')}</span>
                  {time(one.p95)}
                </td>
                <td>
                  <span className={styles.label}>{t('failed')}</span>
                  {formatNumber(one.failed, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Slab>
  )
}
