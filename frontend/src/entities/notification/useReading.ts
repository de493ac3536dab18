import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useIsLookedAt } from '@/lib/lookedAt'
import { useRead } from './mutations'
import { type Notification, toldOfQuery, waitingQuery } from './queries'

/**
 * While a post or community is shown, what the reader is told of it is read as soon as it is there for him to see.
 *
 * `shown`: it is on the screen, with all that was said of it so far.
 */
export function useReading(aboutId: string, kind: Notification['kind'], shown: boolean) {
  const lookedAt = useIsLookedAt()
  const waiting = useQuery(waitingQuery).data?.unread ?? 0
  const told = useQuery({ ...toldOfQuery(aboutId), enabled: shown && waiting > 0 })
  const read = useRead()
  const reached = useRef(0)
  const unread = waiting > 0 ? told.data?.find((one) => one.kind === kind && one.unseen > 0) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each position.
  useEffect(() => {
    if (!shown || !lookedAt || unread === undefined || unread.position <= reached.current) return
    reached.current = unread.position
    read.mutate(unread)
  }, [shown, lookedAt, unread?.id, unread?.position])
}
