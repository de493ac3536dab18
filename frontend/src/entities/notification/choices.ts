import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Choices = components['schemas']['NotificationChoicesOut']
export type ChoicesChange = components['schemas']['NotificationChoicesChange']
export type KindChoices = components['schemas']['KindChoicesOut']
export type Kind = KindChoices['kind']
export type Rhythm = KindChoices['mail']

export const CHOICES = ['notification-choices'] as const

/** What the reader is told of, by which way, how often. */
export const choicesQuery = queryOptions({
  queryKey: CHOICES,
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/notification-choices', { signal })),
})

/** Changes choices at once, and takes them back if the server did not keep them. */
export function useChooseNotifications() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: ChoicesChange) => answer(api.PATCH('/api/v1/me/notification-choices', { body: change })),
    onMutate: (change) => {
      const before = queryClient.getQueryData(choicesQuery.queryKey)
      queryClient.setQueryData(choicesQuery.queryKey, (kept) => kept && changed(kept, change))
      return before
    },
    onSuccess: (kept) => queryClient.setQueryData(choicesQuery.queryKey, kept),
    onError: (_error, _change, before) => queryClient.setQueryData(choicesQuery.queryKey, before),
  })
}

function changed(kept: Choices, { kinds = {}, ...others }: ChoicesChange): Choices {
  const rows = kept.kinds.map((row) => ({ ...row, ...kinds[row.kind] }) as KindChoices)
  return { ...kept, ...others, kinds: rows } as Choices
}
