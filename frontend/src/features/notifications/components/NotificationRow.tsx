import { IconSpeakerphone, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { Moment } from '@/components/Moment'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Notification } from '../queries'
import styles from './notifications.module.css'
import { Also, Sentence } from './Sentence'

interface NotificationRowProps {
  notification: Notification
  /** Where it is read. */
  to: string
}

/** One thing that the reader is told: who, what, where, when; all of it leads there. */
export function NotificationRow({ notification, to }: NotificationRowProps) {
  const t = useText(texts)
  const { lines, unseen, community, kind, at } = notification
  const [first, ...others] = lines
  if (first === undefined) return null
  const person = first.people[0]
  return (
    <li className={styles.row} data-unread={unseen > 0 || undefined}>
      {person ? (
        <PersonAvatar id={person.id} name={person.name} public={person.public} size={44} photo={person.avatar?.small} />
      ) : (
        <span className={styles.nobody}>
          <Icon as={first.reason === 'announcement' || first.reason === 'not_read' ? IconSpeakerphone : IconUser} />
        </span>
      )}
      <div>
        <Link to={to}>
          {unseen > 0 && <VisuallyHidden>{t('unread')}, </VisuallyHidden>}
          <Sentence line={first} of={notification} />
        </Link>
        {others.map((line) => (
          <p key={line.reason}>
            <Also line={line} />
          </p>
        ))}
        <small>
          <Moment at={at} />
          {(kind === 'post' || kind === 'conversation' || kind === 'page') && community && (
            <span>{community.name}</span>
          )}
        </small>
      </div>
      {unseen > 0 && <span className={styles.dot} aria-hidden="true" />}
    </li>
  )
}
