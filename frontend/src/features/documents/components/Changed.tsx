import { formatDate, formatTime } from '@/lib/dates'
import { useLanguage } from '@/lib/language'
import { formatChanged } from '../when'

/** When it was last changed, as short as it is said; the full date is in the element and on hover. */
export function Changed({ at }: { at: string }) {
  const language = useLanguage()
  return (
    <time dateTime={at} title={`${formatDate(at, language)}, ${formatTime(at, language)}`}>
      {formatChanged(at, language)}
    </time>
  )
}
