import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { lackingQuery } from './queries'

interface LackingTableProps {
  cohortId: string
  on: string
  personAddress: (id: string) => string
}

/** Those who would have no way in, by name. */
export function LackingTable({ cohortId, on, personAddress }: LackingTableProps) {
  const t = useText(texts)
  const language = useLanguage()
  const people = useInfiniteQuery(lackingQuery(cohortId, on))
  return (
    <>
      <Loaded query={people}>
        {(found) => (
          <table className={admin.table} aria-label={t('whoLacks')}>
            <thead>
              <tr>
                <th scope="col">{t('whoLacks')}</th>
                <th scope="col">{t('address')}</th>
                <th scope="col">{t('lastReminder')}</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ id, name, email, state, reachable, reminded_at }) => (
                <tr key={id}>
                  <td>
                    <Link to={personAddress(id)}>{name}</Link>
                  </td>
                  <td>
                    {email}
                    {state === 'pending' && <div className={admin.muted}>{t('notActivated')}</div>}
                  </td>
                  <td>{reminded_at ? formatDate(reminded_at, language) : t(reachable ? 'never' : 'notReached')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <LoadMore
        more={people.hasNextPage}
        busy={people.isFetchingNextPage}
        error={people.data && people.error && messageOf(people.error)}
        onMore={() => void people.fetchNextPage()}
      />
    </>
  )
}
