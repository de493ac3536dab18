import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { answer, api } from '@/api/client'
import { useProvedMutation } from '@/entities/session/proof'
import { type Copy, copiesQuery } from './queries'

/** A retry of the same wish asks once. */
export function useAskForCopy() {
  const queryClient = useQueryClient()
  const key = useRef(crypto.randomUUID())
  return useProvedMutation({
    mutationFn: () => answer(api.POST('/api/v1/me/exports', { headers: { 'idempotency-key': key.current } })),
    onSuccess: () => {
      key.current = crypto.randomUUID()
      return queryClient.invalidateQueries({ queryKey: copiesQuery.queryKey })
    },
  })
}

/** The browser saves the file by itself; a byte is fetched first, so that a proof can be asked for. */
export function useDownloadCopy() {
  return useProvedMutation({
    mutationFn: async (copy: Copy) => {
      await answer(
        api.GET('/api/v1/me/exports/{export_id}/file', {
          params: { path: { export_id: copy.id } },
          headers: { range: 'bytes=0-0' },
          parseAs: 'blob',
        }),
      )
      return copy.url
    },
    onSuccess: (url) => {
      if (url) window.location.assign(url)
    },
  })
}

export function useDeleteCopy() {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: ({ id }: Copy) =>
      answer(api.DELETE('/api/v1/me/exports/{export_id}', { params: { path: { export_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: copiesQuery.queryKey }),
  })
}

export function useDeleteAccount() {
  return useProvedMutation({
    mutationFn: (confirmation: string) => answer(api.POST('/api/v1/me/deletion', { body: { confirmation } })),
  })
}
