import { IconFileImport, IconUserPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { PeopleSearch } from '@/features/admin/people/PeopleSearch'
import { searchOf } from '@/features/admin/people/queries'
import { useText } from '@/lib/i18n'
import { managedPersonAddress, paths } from '../../paths'
import { AdminPage } from './AdminPage'
import styles from './admin.module.css'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const search = searchOf(useSearch({ strict: false }))
  const navigate = useNavigate()
  return (
    <AdminPage
      ability="manage_people"
      title={t('people')}
      lead={t('peopleLead')}
      action={
        <div className={styles.acts}>
          <ButtonLink to={paths.adminImports} look="secondary" icon={IconFileImport}>
            {t('import')}
          </ButtonLink>
          <ButtonLink to={paths.adminNewPerson} icon={IconUserPlus}>
            {t('newPerson')}
          </ButtonLink>
        </div>
      }
    >
      <PeopleSearch
        search={search}
        onSearch={(next) => navigate({ to: paths.adminPeople, search: next as never, replace: true })}
        addressOf={managedPersonAddress}
      />
    </AdminPage>
  )
}
