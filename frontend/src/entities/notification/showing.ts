import type { QueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { waitingQuery } from './queries'

/** Well within the ten seconds after which other devices are pushed to. */
const EVERY = 4_000
let last = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Something new is on this screen: one's other devices need not be told. Said when there are some, and now and then. */
export function sayShown(cache: QueryClient) {
  const waiting = cache.getQueryData(waitingQuery.queryKey)
  if (document.visibilityState !== 'visible' || !waiting?.is_pushed || timer !== undefined) return
  timer = setTimeout(
    () => {
      timer = undefined
      last = Date.now()
      const position = cache.getQueryData(waitingQuery.queryKey)?.position
      if (document.visibilityState !== 'visible' || position === undefined) return
      void answer(api.PUT('/api/v1/notifications/shown', { body: { up_to: position } })).catch(() => {})
    },
    Math.max(0, last + EVERY - Date.now()),
  )
}

/** From now on it is said whenever the number of what waits was read anew, and when one comes back to this page. */
export function keepSaying(cache: QueryClient): () => void {
  const say = () => sayShown(cache)
  const key = JSON.stringify(waitingQuery.queryKey)
  const stop = cache.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'updated' && query.queryHash === key) say()
  })
  document.addEventListener('visibilitychange', say)
  return () => {
    stop()
    document.removeEventListener('visibilitychange', say)
    clearTimeout(timer)
    timer = undefined
  }
}
