import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Mails = components['schemas']['MailsOut']
export type MailsChange = components['schemas']['MailsChange']

export const mailsQuery = queryOptions({
  queryKey: ['my-mails'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/mails', { signal })),
})

/** Changes a choice at once, and takes it back if the server did not keep it. */
export function useChooseMails() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: MailsChange) => answer(api.PATCH('/api/v1/me/mails', { body: change })),
    onMutate: (change) => {
      const before = queryClient.getQueryData(mailsQuery.queryKey)
      queryClient.setQueryData<Mails>(mailsQuery.queryKey, (mails) => mails && ({ ...mails, ...change } as Mails))
      return before
    },
    onSuccess: (kept) => queryClient.setQueryData(mailsQuery.queryKey, kept),
    onError: (_error, _change, before) => queryClient.setQueryData(mailsQuery.queryKey, before),
  })
}
