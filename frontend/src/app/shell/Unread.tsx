import { useQuery } from '@tanstack/react-query'
import { Count } from '@/components/Count'
import { MOST_COUNTED, waitingQuery } from '@/entities/notification/queries'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../texts'

/** How many notifications are unread: nothing when none is. */
export function Unread() {
  const t = useText(texts)
  const language = useLanguage()
  const count = useQuery(waitingQuery).data?.unread ?? 0
  if (count === 0) return null
  const shown = count < MOST_COUNTED ? formatNumber(count, language) : `${MOST_COUNTED - 1}+`
  return <Count of={t('unread', { count })}>{shown}</Count>
}
