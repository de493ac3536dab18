import { ButtonLink } from '@/components/buttons/ButtonLink'
import { CreatePerson } from '@/features/admin/people/CreatePerson'
import { useText } from '@/lib/i18n'
import { managedPersonAddress, paths } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage
      ability="manage_people"
      title={t('newPersonTitle')}
      lead={t('newPersonLead')}
      up={{ to: paths.adminPeople, words: t('backToPeople') }}
      narrow
    >
      <CreatePerson openPerson={(id, words) => <ButtonLink to={managedPersonAddress(id)}>{words}</ButtonLink>} />
    </AdminPage>
  )
}
