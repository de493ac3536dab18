import { PageList } from '@/features/admin/pages/PageList'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage ability="change_organisation" title={t('pages')} lead={t('pagesLead')} narrow>
      <PageList addressOf={(slug) => paths.adminPage.replace('$slug', slug)} />
    </AdminPage>
  )
}
