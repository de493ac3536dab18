import { useQuery } from '@tanstack/react-query'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { readersQuery } from '../queries'
import type { Message } from '../types'
import styles from './log.module.css'

const SHOWN = 3

/** Who has read one's last message: in small conversations, of those who say so. */
export function SeenBy({ message, isDirect }: { message: Message; isDirect: boolean }) {
  const t = useText(texts)
  const readers = useQuery(readersQuery(message.conversation_id, message.number)).data
  if (!readers?.shown || readers.people.length === 0) return null
  const { people } = readers
  return (
    <p className={styles.seen}>
      <span className={styles.stack}>
        {people.slice(0, SHOWN).map(({ avatar, ...person }) => (
          <PersonAvatar key={person.id} {...person} size={24} photo={avatar?.small} />
        ))}
      </span>
      <span title={people.map(({ name }) => name).join(', ')}>
        {isDirect ? t('seen') : t('seenBy', { count: people.length })}
      </span>
    </p>
  )
}
