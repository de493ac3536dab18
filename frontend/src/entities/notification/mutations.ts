import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { NOTIFICATIONS, type Notification, waitingQuery } from './queries'

/** Says that one was read, as far as it was shown: what came since stays unread. */
export function useRead() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, position }: Pick<Notification, 'id' | 'position'>) =>
      answer(
        api.PUT('/api/v1/notifications/{notification_id}/read', {
          params: { path: { notification_id: id } },
          body: { up_to: position },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: NOTIFICATIONS }),
  })
}

/** Says that all were read, up to what was shown. */
export function useReadAll() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (position: number) => answer(api.PUT('/api/v1/notifications/read', { body: { up_to: position } })),
    onSuccess: (waiting) => {
      queryClient.setQueryData(waitingQuery.queryKey, waiting)
      return queryClient.invalidateQueries({ queryKey: NOTIFICATIONS })
    },
  })
}
