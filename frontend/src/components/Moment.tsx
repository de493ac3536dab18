import { formatDate, formatMoment, formatTime, type Instant } from '@/lib/dates'
import { useLanguage } from '@/lib/language'

/** When something happened, as people say it; the full date is in the element and on hover. */
export function Moment({ at }: { at: Instant }) {
  const language = useLanguage()
  return (
    <time dateTime={new Date(at).toISOString()} title={`${formatDate(at, language)}, ${formatTime(at, language)}`}>
      {formatMoment(at, language)}
    </time>
  )
}
