import { OrganisationSettings } from '@/features/admin/organisation/OrganisationSettings'
import { useText } from '@/lib/i18n'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage ability="change_organisation" title={t('organisation')} lead={t('organisationLead')} narrow>
      <OrganisationSettings />
    </AdminPage>
  )
}
