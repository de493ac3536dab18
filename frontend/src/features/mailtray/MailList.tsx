import { Link } from '@tanstack/react-router'
import { Moment } from '@/components/Moment'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './mailtray.module.css'
import type { TrayLine } from './queries'

export function MailList({ mails, addressOf }: { mails: readonly TrayLine[]; addressOf: (id: string) => string }) {
  const t = useText(texts)
  return (
    <ul className={styles.mails} aria-label={t('mails')}>
      {mails.map(({ id, to, subject, at }) => (
        <li key={id}>
          <Link to={addressOf(id)}>
            <b>{subject}</b>
            <span>{t('to', { address: to })}</span>
            <small>
              <Moment at={at} />
            </small>
          </Link>
        </li>
      ))}
    </ul>
  )
}
