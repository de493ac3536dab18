import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { NOTIFICATIONS } from '@/entities/notification/queries'

export type { Notification } from '@/entities/notification/queries'
export type Line = components['schemas']['NotificationLineOut']
const PAGE = 20

/** All that the reader is told, or what he has not read of it; and up to where it was told when it was read. */
export const toldQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [...NOTIFICATIONS, 'list', unread],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/notifications', { params: { query: { unread, limit: PAGE, cursor: pageParam } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({
      items: pages.flatMap(({ items }) => items),
      position: pages[0]?.position ?? 0,
    }),
  })
