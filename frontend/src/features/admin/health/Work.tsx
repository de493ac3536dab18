import { Slab } from '@/components/Slab'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { durationOf } from './duration'
import styles from './health.module.css'
import { texts } from './i18n'
import type { Health } from './queries'
import { SetAside } from './SetAside'

/** Behind by less than this is on time. */
const ON_TIME = 1

interface WorkProps {
  work: Health['work']
  listeners: Health['listeners']
}

/** Jobs and listeners that are not where they should be; of the others, how many they are. */
export function Work({ work, listeners }: WorkProps) {
  const t = useText(texts)
  const told = work.filter(({ due, put_off, set_aside }) => due + put_off + set_aside > 0)
  const behind = listeners.filter(({ lag, quarantined }) => lag >= ON_TIME || quarantined > 0)
  return (
    <Slab title={t('work')}>
      <p className={styles.scope}>{t('ofTheWhole')}</p>
      {told.length === 0 ? (
        <p>{t('noWork')}</p>
      ) : (
        <Counted
          name={t('work')}
          columns={[t('job'), t('due'), t('putOff'), t('setAside')]}
          rows={told.map((one) => [one.name, one.due, one.put_off, one.set_aside])}
        />
      )}
      {work.some(({ set_aside }) => set_aside > 0) && <SetAside />}
      <h3 className={styles.sub}>{t('listeners')}</h3>
      {behind.length === 0 ? (
        <p>{t('allUpToDate', { count: listeners.length })}</p>
      ) : (
        <Counted
          name={t('listeners')}
          columns={[t('listener'), t('lag'), t('quarantined')]}
          rows={behind.map((one) => [one.name, durationOf(one.lag, t), one.quarantined])}
        />
      )}
    </Slab>
  )
}

/** Mails and pushes. */
export function Sendings({ mails, pushes }: { mails: Health['mails']; pushes: Health['pushes'] }) {
  const t = useText(texts)
  return (
    <Slab title={t('mails')}>
      <p className={styles.scope}>{t('sinceStart')}</p>
      <Counted
        name={t('mails')}
        columns={[t('what'), t('sent'), t('later'), t('refused')]}
        rows={[
          [t('mailsRow'), mails.sent, mails.later, mails.refused],
          [t('pushesRow'), pushes.sent, pushes.later, pushes.refused],
        ]}
      />
    </Slab>
  )
}

interface CountedProps {
  name: string
  columns: readonly string[]
  /** Each begins with the name of what is counted. */
  rows: readonly (readonly [string, ...(string | number)[]])[]
}

function Counted({ name, columns, rows }: CountedProps) {
  const language = useLanguage()
  return (
    <table className={admin.table} aria-label={name}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others]) => (
          <tr key={first} className={styles.inLine}>
            <td>
              <b>{first}</b>
            </td>
            {others.map((value, index) => (
              <td key={columns[index + 1]}>
                <span className={styles.label}>{columns[index + 1]}</span>
                {typeof value === 'number' ? formatNumber(value, language) : value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
