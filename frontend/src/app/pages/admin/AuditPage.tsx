import { Link, useSearch } from '@tanstack/react-router'
import { AuditLog } from '@/features/admin/audit/AuditLog'
import { Verify } from '@/features/admin/audit/Verify'
import { useText } from '@/lib/i18n'
import { managedPersonAddress, paths } from '../../paths'
import { AdminPage } from './AdminPage'
import styles from './admin.module.css'
import { texts } from './texts'

const ID = /^[0-9a-f-]{32,36}$/i

export function Page() {
  const t = useText(texts)
  const { about }: { about?: unknown } = useSearch({ strict: false })
  return (
    <AdminPage ability="read_audit" title={t('audit')} lead={t('auditLead')}>
      <div className={styles.stack}>
        <Verify />
        <AuditLog
          about={typeof about === 'string' && ID.test(about) ? about : undefined}
          personAddress={managedPersonAddress}
          toAll={(words) => <Link to={paths.adminAudit}>{words}</Link>}
        />
      </div>
    </AdminPage>
  )
}
