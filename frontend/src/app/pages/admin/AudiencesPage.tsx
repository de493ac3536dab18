import { may, useMember } from '@/entities/session/queries'
import { Audiences } from '@/features/audiences/Audiences'
import { useText } from '@/lib/i18n'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

/** Audiences of those who announce, who may have no other page here. */
export function Page() {
  const t = useText(texts)
  const up = may(useMember(), 'administer') ? {} : { up: null }
  return (
    <AdminPage ability="announce" title={t('audiences')} lead={t('audiencesLead')} narrow {...up}>
      <Audiences />
    </AdminPage>
  )
}
