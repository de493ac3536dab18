import { UnitTree } from '@/features/admin/structure/UnitTree'
import { useText } from '@/lib/i18n'
import { unitAddress } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage ability="manage_people" title={t('structure')} lead={t('structureLead')} narrow>
      <UnitTree addressOf={unitAddress} />
    </AdminPage>
  )
}
