import { InvitationList } from '@/features/admin/invitations/InvitationList'
import { Invite } from '@/features/admin/invitations/Invite'
import { useText } from '@/lib/i18n'
import { AdminPage } from './AdminPage'
import styles from './admin.module.css'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <AdminPage ability="manage_people" title={t('invitations')} lead={t('invitationsLead')}>
      <div className={styles.stack}>
        <Invite />
        <InvitationList />
      </div>
    </AdminPage>
  )
}
