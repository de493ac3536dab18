import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { type Address, addressesQuery } from '@/entities/address/queries'
import { useProvedMutation } from '@/entities/session/proof'
import { sessionQuery } from '@/entities/session/queries'
import { meQuery } from './queries'

type MeChange = components['schemas']['MeChange']

/** Changes the account as it was read: refused with 412 when it has changed since. */
export function useChangeMe() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ change, version }: { change: MeChange; version: string }) =>
      answerWithVersion(api.PATCH('/api/v1/me', { body: change, headers: { 'if-match': version } })),
    onSuccess: async (me) => {
      queryClient.setQueryData(meQuery.queryKey, me)
      await queryClient.invalidateQueries(sessionQuery)
    },
  })
}

/** Adds an address, or sends the link again to one that waits to be confirmed. */
export function useAddAddress() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: (email: string) => answer(api.POST('/api/v1/me/addresses', { body: { email } })),
    onSuccess: refresh,
  })
}

export function useMakePrimary() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: ({ id }: Address) =>
      answer(api.PUT('/api/v1/me/addresses/{address_id}/primary', { params: { path: { address_id: id } } })),
    onSuccess: refresh,
  })
}

export function useRemoveAddress() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: ({ id }: Address) =>
      answer(api.DELETE('/api/v1/me/addresses/{address_id}', { params: { path: { address_id: id } } })),
    onSuccess: refresh,
  })
}

export function useConfirmAddress() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (token: string) => answer(api.POST('/api/v1/me/addresses/confirmation', { body: { token } })),
    onSuccess: refresh,
  })
}

/** Addresses are also a means to prove oneself, and one of the steps that home shows. */
function useRefresh() {
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(addressesQuery),
      queryClient.invalidateQueries({ queryKey: ['me', 'credentials'] }),
      queryClient.invalidateQueries(sessionQuery),
    ])
  }
}
