import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type ReplyAddress = components['schemas']['ReplyAddressOut']

export const replyAddressesQuery = infiniteQueryOptions({
  queryKey: ['me', 'reply-addresses'],
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/api/v1/me/reply-addresses', { params: { query: { cursor: pageParam, limit: 10 } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
})

export function useRevokeReplyAddress() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: ReplyAddress) =>
      answer(api.DELETE('/api/v1/me/reply-addresses/{address_id}', { params: { path: { address_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: replyAddressesQuery.queryKey }),
  })
}

export function useRevokeReplyAddresses() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/reply-addresses')),
    onSettled: () => queryClient.invalidateQueries({ queryKey: replyAddressesQuery.queryKey }),
  })
}
