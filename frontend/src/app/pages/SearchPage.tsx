import { useNavigate, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/PageTitle'
import { may, useMember } from '@/entities/session/queries'
import { SearchView } from '@/features/search/components/SearchView'
import { searchOf } from '@/features/search/search'
import { useText } from '@/lib/i18n'
import { paths } from '../paths'
import { searchAddresses } from '../searchAddresses'
import { texts } from '../texts'
import styles from './pages.module.css'

/** All that is found, over everything that one may see. */
export function Page() {
  const t = useText(texts)
  const search = searchOf(useSearch({ strict: false }))
  const navigate = useNavigate()
  return (
    <div className={styles.one}>
      <PageTitle>{t('searchPage')}</PageTitle>
      <SearchView
        search={search}
        onSearch={(next) => navigate({ to: paths.search, search: next as never, resetScroll: false })}
        to={searchAddresses}
        mayReadDirectory={may(useMember(), 'read_directory')}
      />
    </div>
  )
}
