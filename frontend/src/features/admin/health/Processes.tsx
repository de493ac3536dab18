import { IconAlertTriangle } from '@tabler/icons-react'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { Slab } from '@/components/Slab'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import admin from '../admin.module.css'
import styles from './health.module.css'
import { texts } from './i18n'
import type { Health } from './queries'

type Process = Health['processes'][number]

export function Processes({ processes, version }: { processes: readonly Process[]; version: string }) {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <Slab title={t('processes')} aside={<Chip>{t('version', { version })}</Chip>}>
      <p className={styles.scope}>{t('ofAllMachines')}</p>
      <table className={admin.table} aria-label={t('processes')}>
        <thead>
          <tr>
            <th scope="col">{t('machine')}</th>
            <th scope="col">{t('role')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">{t('sockets')}</th>
            <th scope="col">{t('memory')}</th>
          </tr>
        </thead>
        <tbody>
          {processes.map((one) => (
            <tr key={`${one.host} ${one.pid} ${one.started_at}`}>
              <td>
                <b>{one.host}</b> <small className={styles.meta}>{t('process', { pid: String(one.pid) })}</small>
              </td>
              <td>
                {one.silent ? (
                  <Chip look="danger" icon={IconAlertTriangle}>
                    {t('silent')}
                  </Chip>
                ) : (
                  t(roleOf(one))
                )}
              </td>
              <td>
                <span className={styles.label}>{t('since')}</span>
                <Moment at={one.started_at} />
              </td>
              <td>
                <span className={styles.label}>{t('sockets')}</span>
                {formatNumber(one.sockets, language)}
              </td>
              <td>
                <span className={styles.label}>{t('memory')}</span>
                {formatSize(one.memory, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Slab>
  )
}

function roleOf({ serves, works }: Process) {
  if (serves && works) return 'servesAndWorks'
  return serves ? 'serves' : 'works'
}
