import { may, useMember } from '@/entities/session/queries'
import { Cases } from '@/features/moderation/components/Cases'
import { useText } from '@/lib/i18n'
import { caseAddresses } from '../postAddresses'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

/** What falls to the organisation's moderators, who may have no other page here. */
export function Page() {
  const t = useText(texts)
  const up = may(useMember(), 'administer') ? {} : { up: null }
  return (
    <AdminPage ability="moderate" title={t('reports')} lead={t('reportsLead')} narrow {...up}>
      <Cases to={caseAddresses} />
    </AdminPage>
  )
}
