import { useNavigate } from '@tanstack/react-router'
import { BeginImport } from '@/features/admin/imports/BeginImport'
import { ImportList } from '@/features/admin/imports/ImportList'
import { useText } from '@/lib/i18n'
import { importAddress, paths } from '../../paths'
import { AdminPage } from './AdminPage'
import styles from './admin.module.css'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  return (
    <AdminPage
      ability="manage_people"
      title={t('imports')}
      lead={t('importsLead')}
      up={{ to: paths.adminPeople, words: t('backToPeople') }}
    >
      <div className={styles.stack}>
        <BeginImport onBegun={({ id }) => void navigate({ to: importAddress(id) })} />
        <ImportList addressOf={importAddress} />
      </div>
    </AdminPage>
  )
}
