import { ServiceHealth } from '@/features/admin/health/ServiceHealth'
import { useText } from '@/lib/i18n'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage ability="read_audit" title={t('health')} lead={t('healthLead')}>
      <ServiceHealth />
    </AdminPage>
  )
}
