import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Notification = components['schemas']['NotificationOut']
export type Waiting = components['schemas']['NotificationsCountOut']

/** The key of all that the reader is told. */
export const NOTIFICATIONS = ['notifications'] as const
/** As far as the server counts. */
export const MOST_COUNTED = 100

/** How many are unread. */
export const waitingQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, 'count'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/notifications/count', { signal })),
  staleTime: 60_000,
})

/** What the reader is told of one post or community. */
export const toldOfQuery = (aboutId: string) =>
  queryOptions({
    queryKey: [...NOTIFICATIONS, 'about', aboutId],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/notifications', { params: { query: { about_id: aboutId, unread: true } }, signal })),
    select: ({ items }) => items,
  })
