import { useMember } from '@/entities/session/queries'
import { MailTrouble } from '@/features/admin/overview/MailTrouble'
import { Overview } from '@/features/admin/overview/Overview'
import { useText } from '@/lib/i18n'
import { administrationParts, allowed } from '../../navigation'
import { texts as places } from '../../texts'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const tp = useText(places)
  const parts = allowed(administrationParts, useMember())
  return (
    <AdminPage ability="administer" title={t('administration')} lead={t('lead')} up={null}>
      <MailTrouble />
      <Overview parts={parts.map(({ label, icon, to }) => ({ key: label, label: tp(label), icon, to }))} />
    </AdminPage>
  )
}
