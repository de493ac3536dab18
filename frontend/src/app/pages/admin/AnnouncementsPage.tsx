import { may, useMember } from '@/entities/session/queries'
import { Announcements } from '@/features/announcements/Announcements'
import { useText } from '@/lib/i18n'
import { announcementReportAddress } from '../../paths'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

/** What those announce who may have no other page here. */
export function Page() {
  const t = useText(texts)
  const up = may(useMember(), 'administer') ? {} : { up: null }
  return (
    <AdminPage ability="announce" title={t('announcements')} lead={t('announcementsLead')} {...up}>
      <Announcements reportOf={announcementReportAddress} />
    </AdminPage>
  )
}
