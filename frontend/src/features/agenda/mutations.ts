import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { type CalendarFeed, feedQuery, type Holds } from './queries'

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries(feedQuery)
}

/** A new address, in place of the one before. */
export function useRenewFeed() {
  return useMutation({
    mutationFn: ({ holds, once }: { holds: Holds; once: string }) =>
      answer(api.POST('/api/v1/me/calendar-feed', { body: { holds }, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

export function useChangeFeed() {
  return useMutation({
    mutationFn: ({ holds, version }: Pick<CalendarFeed, 'holds' | 'version'>) =>
      answer(api.PATCH('/api/v1/me/calendar-feed', { body: { holds }, headers: { 'if-match': `"${version}"` } })),
    onSuccess: useRefresh(),
  })
}

export function useRevokeFeed() {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/calendar-feed')),
    onSuccess: useRefresh(),
  })
}
