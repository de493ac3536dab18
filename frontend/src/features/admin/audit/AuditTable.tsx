import { Link } from '@tanstack/react-router'
import { Moment } from '@/components/Moment'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { kindNames, roleNames } from '../words.texts'
import { actNames, fieldNames, pageNames } from './acts.texts'
import styles from './audit.module.css'
import { texts } from './i18n'
import type { AuditEntry } from './queries'
import { actOf, detailOf } from './words'

interface AuditTableProps {
  entries: readonly AuditEntry[]
  personAddress: (id: string) => string
}

export function AuditTable({ entries, personAddress }: AuditTableProps) {
  const t = useText(texts)
  const words = {
    act: useText(actNames),
    field: useText(fieldNames),
    page: useText(pageNames),
    kind: useText(kindNames),
    role: useText(roleNames),
  }
  return (
    <table className={admin.table} aria-label={t('entries')}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('on')}</th>
          <th scope="col">{t('when')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const detail = detailOf(entry, words)
          return (
            <tr key={entry.position}>
              <td>
                <b>{actOf(entry, words)}</b>
                {detail && <small className={styles.detail}>{detail}</small>}
              </td>
              <td>
                <span className={styles.label}>{t('who')}</span>
                <Person id={entry.actor_id} name={entry.actor_name} nobody={t('commandLine')} to={personAddress} />
              </td>
              <td data-empty={entry.subject_kind !== 'member' || undefined} className={styles.on}>
                <span className={styles.label}>{t('on')}</span>
                {entry.subject_kind === 'member' &&
                  (entry.subject_id === entry.actor_id ? (
                    t('itself')
                  ) : (
                    <Person id={entry.subject_id} name={entry.subject_name} nobody={t('gone')} to={personAddress} />
                  ))}
              </td>
              <td className={styles.when}>
                <Moment at={entry.at} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

interface PersonProps {
  id: string | null
  name: string | null
  /** When no id is kept. */
  nobody: string
  to: (id: string) => string
}

function Person({ id, name, nobody, to }: PersonProps) {
  const t = useText(texts)
  if (id === null) return nobody
  return name === null ? t('gone') : <Link to={to(id)}>{name}</Link>
}
