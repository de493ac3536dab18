import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'

export const pausedAddressesQuery = queryOptions({
  queryKey: ['me', 'paused-addresses'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/paused-addresses', { signal }))).items,
})

export function useResumeAddress() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      answer(api.DELETE('/api/v1/me/paused-addresses/{address_id}', { params: { path: { address_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: pausedAddressesQuery.queryKey }),
  })
}
