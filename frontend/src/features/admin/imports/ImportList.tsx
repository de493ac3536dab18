import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { texts } from './i18n'
import styles from './imports.module.css'
import { type Import, importsQuery } from './queries'
import { StateOfImport } from './StateOfImport'

/** Imports, the latest first. */
export function ImportList({ addressOf }: { addressOf: (id: string) => string }) {
  const t = useText(texts)
  const imports = useInfiniteQuery(importsQuery)
  return (
    <Slab title={t('history')}>
      <Loaded query={imports}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          ) : (
            <table className={admin.table} aria-label={t('history')}>
              <thead>
                <tr>
                  <th scope="col">{t('file')}</th>
                  <th scope="col">{t('begun')}</th>
                  <th scope="col">{t('result')}</th>
                  <th scope="col">{t('state')}</th>
                </tr>
              </thead>
              <tbody>
                {found.map((one) => (
                  <ImportRow key={one.id} one={one} address={addressOf(one.id)} />
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <LoadMore
        more={imports.hasNextPage}
        busy={imports.isFetchingNextPage}
        error={imports.data && imports.error && messageOf(imports.error)}
        onMore={() => void imports.fetchNextPage()}
      />
    </Slab>
  )
}

function ImportRow({ one, address }: { one: Import; address: string }) {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <tr>
      <td>
        <Link to={address} className={styles.name}>
          {one.file_name}
        </Link>
      </td>
      <td>
        <time dateTime={one.created_at}>{formatDate(one.created_at, language)}</time>
      </td>
      <td>{t('summary', one.state === 'done' ? { ...one.done, refused: one.found.refused } : one.found)}</td>
      <td>
        <StateOfImport state={one.state} />
      </td>
    </tr>
  )
}
