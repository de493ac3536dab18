import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Slab } from '@/components/Slab'
import { EventRow } from '@/entities/gathering/EventRow'
import { agendaQuery } from '@/entities/gathering/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './agenda.module.css'

const SHOWN = 3

interface NextDaysProps {
  agendaAddress: string
  addressOf: (postId: string) => string
}

/** The next three events, beside the feed. */
export function NextDays({ agendaAddress, addressOf }: NextDaysProps) {
  const t = useText(texts)
  const { data } = useInfiniteQuery(agendaQuery({}, SHOWN))
  if (data === undefined) return null
  return (
    <Slab title={t('nextDays')} aside={<Link to={agendaAddress}>{t('agenda')}</Link>}>
      {data.length === 0 ? (
        <p className={styles.hint}>{t('noneSoon')}</p>
      ) : (
        <ul className={styles.list}>
          {data.map((item) => (
            <li key={item.id}>
              <EventRow item={item} to={addressOf(item.id)} brief />
            </li>
          ))}
        </ul>
      )}
    </Slab>
  )
}
