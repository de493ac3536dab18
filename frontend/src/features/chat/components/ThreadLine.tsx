import { PersonAvatar } from '@/components/people/PersonAvatar'
import { formatMomentWithin, formatTime } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Message } from '../types'
import styles from './log.module.css'

/** How much was said below a message, by whom and until when; it opens the thread. */
export function ThreadLine({ message, onOpen }: { message: Message; onOpen: (message: Message) => void }) {
  const t = useText(texts)
  const language = useLanguage()
  if (message.thread === null) return null
  const { replies, people, last_at: at, read_number: read } = message.thread
  const isToday = new Date(at).toDateString() === new Date().toDateString()
  const time = isToday ? formatTime(at, language) : formatMomentWithin(at, language)
  return (
    <button type="button" className={styles.thread} onClick={() => onOpen(message)}>
      <span className={styles.stack}>
        {people.map(({ avatar, ...person }) => (
          <PersonAvatar key={person.id} {...person} size={26} photo={avatar?.small} />
        ))}
      </span>
      <span>{t('replies', { count: replies })}</span>
      {read > 0 && read < replies && <em>{t('newReplies', { count: replies - read })}</em>}
      <small>{t(isToday ? 'lastAt' : 'lastOn', { time })}</small>
    </button>
  )
}
