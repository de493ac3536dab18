import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { toWriting } from '@/entities/mention/mentions'
import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { pinsQuery } from '../queries'
import styles from './panels.module.css'

/** What was pinned in a conversation. */
export function Pins({ conversationId, onGo }: { conversationId: string; onGo: (number: number) => void }) {
  const t = useText(texts)
  const language = useLanguage()
  const pins = useQuery(pinsQuery(conversationId))
  return (
    <section aria-label={t('pins')}>
      <h3>{t('pins')}</h3>
      <Loaded query={pins} lines={1}>
        {(messages) =>
          messages.length === 0 ? (
            <p className={styles.muted}>{t('noPin')}</p>
          ) : (
            <ul className={styles.plain}>
              {messages.map((one) => (
                <li key={one.id}>
                  <button type="button" className={styles.found} onClick={() => onGo(one.number)}>
                    <small>
                      {one.author?.name ?? t('somebody')}, {formatMoment(one.created_at, language)}
                    </small>
                    {toWriting(one.text).text.slice(0, 200)}
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
