import { useParams } from '@tanstack/react-router'
import { MailTray } from '@/features/mailtray/MailTray'
import { mailAddress, paths } from '../paths'
import styles from './pages.module.css'

export function Page() {
  const { mailId } = useParams({ strict: false })
  return (
    <div className={styles.tray}>
      <MailTray open={mailId} trayAddress={paths.mailTray} mailAddress={mailAddress} />
    </div>
  )
}
