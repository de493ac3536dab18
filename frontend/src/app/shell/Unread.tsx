import { useQuery } from '@tanstack/react-query'
import { Count } from '@/components/Count'
import { unreadQuery } from '@/entities/conversation/queries'
import { MOST_COUNTED, waitingQuery } from '@/entities/notification/queries'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import type { Place } from '../navigation'
import { texts } from '../texts'

/** How much is unread at a place: nothing when nothing is. */
export function Unread({ of }: { of: NonNullable<Place['counted']> }) {
  return of === 'messages' ? <Messages /> : <Notifications />
}

function Messages() {
  const t = useText(texts)
  const count = useQuery(unreadQuery).data?.messages ?? 0
  return <Shown count={count} of={t('unreadMessages', { count })} />
}

function Notifications() {
  const t = useText(texts)
  const count = useQuery(waitingQuery).data?.unread ?? 0
  return <Shown count={count} of={t('unread', { count })} />
}

function Shown({ count, of }: { count: number; of: string }) {
  const language = useLanguage()
  if (count === 0) return null
  return <Count of={of}>{count < MOST_COUNTED ? formatNumber(count, language) : `${MOST_COUNTED - 1}+`}</Count>
}
