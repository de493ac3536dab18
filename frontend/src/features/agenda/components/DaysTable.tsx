import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { LoadMore } from '@/components/LoadMore'
import { type AgendaItem, agendaQuery, type Wanted } from '@/entities/gathering/queries'
import { dayHere } from '@/entities/gathering/when'
import { formatDayOf, formatTime } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { type Language, locale, useLanguage } from '@/lib/language'
import { addDays, isOn, startOf } from '../days'
import { texts } from '../i18n'
import styles from './agenda.module.css'

const AT_ONCE = 200

interface DaysTableProps {
  caption: string
  weeks: readonly (readonly string[])[]
  /** Days of other months stand back. */
  month?: string
  wanted: Wanted
  addressOf: (postId: string) => string
}

/** Days as a table, a week on each line; on a small screen only days with something, one under the other. */
export function DaysTable({ caption, weeks, month, wanted, addressOf }: DaysTableProps) {
  const t = useText(texts)
  const language = useLanguage()
  const days = weeks.flat()
  const first = days[0] ?? dayHere(Date.now())
  const range = { from: startOf(first), to: startOf(addDays(days.at(-1) ?? first, 1)) }
  const list = useInfiniteQuery(agendaQuery({ ...wanted, ...range }, AT_ONCE))
  return (
    <Loaded query={list} lines={6}>
      {(items) => (
        <>
          <table className={styles.days} data-tall={weeks.length === 1 || undefined}>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {weeks[0]?.map((day) => (
                  <th key={day} scope="col">
                    {weekday(day, language)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week[0]}>
                  {week.map((day) => (
                    <Day
                      key={day}
                      day={day}
                      apart={month !== undefined && !day.startsWith(month)}
                      items={items.filter(({ event }) => isOn(event, day))}
                      addressOf={addressOf}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {items.length === 0 && <p className={styles.hint}>{t('emptyText')}</p>}
          <LoadMore
            more={list.hasNextPage}
            busy={list.isFetchingNextPage}
            error={null}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Loaded>
  )
}

interface DayProps {
  day: string
  apart: boolean
  items: readonly AgendaItem[]
  addressOf: (postId: string) => string
}

function Day({ day, apart, items, addressOf }: DayProps) {
  const language = useLanguage()
  return (
    <td
      data-apart={apart || undefined}
      data-empty={items.length === 0 || undefined}
      aria-current={day === dayHere(Date.now()) ? 'date' : undefined}
    >
      <time dateTime={day}>
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <b>{formatDayOf(day, language)}</b>
      </time>
      {items.length > 0 && (
        <ul>
          {items.map(({ id, title, event }) => (
            <li key={id}>
              <Link to={addressOf(id)} data-cancelled={event.cancelled || undefined} data-mine={event.mine?.answer}>
                {!event.whole_day && dayHere(event.starts_at) === day && (
                  <small>{formatTime(event.starts_at, language)} </small>
                )}
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </td>
  )
}

const weekday = (day: string, language: Language) =>
  new Intl.DateTimeFormat(locale(language), { weekday: 'short' }).format(new Date(`${day}T12:00`))
