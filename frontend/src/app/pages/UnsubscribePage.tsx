import { useParams } from '@tanstack/react-router'
import { Unsubscribing } from '@/features/settings/notifications/Unsubscribing'
import { paths } from '../paths'
import pages from './pages.module.css'

export function Page() {
  const { token } = useParams({ from: '/open-to-all/unsubscribe/$token' })
  return (
    <div className={pages.one}>
      <Unsubscribing token={token} settingsAddress={paths.settingsNotifications} />
    </div>
  )
}
