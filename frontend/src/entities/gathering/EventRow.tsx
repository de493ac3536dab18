import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { DateBlock } from './DateBlock'
import styles from './gathering.module.css'
import type { AgendaItem } from './queries'
import { Standing } from './Standing'
import { texts } from './texts'
import { formatWhen, placeOf } from './when'

interface EventRowProps {
  item: AgendaItem
  to: string
  /** Where there is little room: without what one answered and where it was said. */
  brief?: boolean
}

/** An event in a list: its day, its name, when and where. */
export function EventRow({ item, to, brief = false }: EventRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { event, title, communities } = item
  const where = placeOf(event, t('online'))
  return (
    <div className={styles.row}>
      <DateBlock day={event.first_day} />
      <div>
        <Link to={to} data-cancelled={event.cancelled || undefined}>
          {title}
        </Link>
        <p>{[formatWhen(event, language), where].filter(Boolean).join('. ')}</p>
        {!brief && (
          <p className={styles.more}>
            <Standing event={event} />
            <span>{item.on_square ? t('square') : communities.map(({ name }) => name).join(', ')}</span>
          </p>
        )}
        {brief && event.cancelled && <Standing event={event} />}
      </div>
    </div>
  )
}
