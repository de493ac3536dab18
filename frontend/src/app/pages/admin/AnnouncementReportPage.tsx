import { useParams } from '@tanstack/react-router'
import { AnnouncementReport } from '@/features/announcements/AnnouncementReport'
import { useText } from '@/lib/i18n'
import { paths, personAddress } from '../../paths'
import { postAddresses } from '../postAddresses'
import { AdminPage } from './AdminPage'
import { texts } from './texts'

/** How far one announcement was read. */
export function Page() {
  const t = useText(texts)
  const { postId = '' } = useParams({ strict: false })
  const up = { to: paths.adminAnnouncements, words: t('announcements') }
  return (
    <AdminPage ability="announce" title={t('announcements')} untitled up={up}>
      <AnnouncementReport postId={postId} readAt={postAddresses.post(postId)} personAt={personAddress} />
    </AdminPage>
  )
}
