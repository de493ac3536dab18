import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { upload } from '@/entities/file/upload'
import { myProfileQuery } from '../queries'
import type { ProfileChange } from './draft'

/** Changes the profile as it was read: refused with 412 when it has changed since. */
export function useChangeProfile() {
  const queryClient = useQueryClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ change, version }: { change: ProfileChange; version: string }) =>
      answerWithVersion(api.PATCH('/api/v1/me/profile', { body: change, headers: { 'if-match': version } })),
    onSuccess: (kept) => {
      queryClient.setQueryData(myProfileQuery.queryKey, kept)
      return refresh()
    },
  })
}

/** Sends a picture, then makes the member's own of it. */
export function usePutAvatar(onProgress: (part: number) => void) {
  const refresh = useRefreshAll()
  return useMutation({
    mutationFn: async (picture: File) => {
      const { id } = await upload(picture, { onProgress })
      return answer(api.PUT('/api/v1/me/avatar', { body: { file_id: id } }))
    },
    onSuccess: refresh,
  })
}

export function useRemoveAvatar() {
  const refresh = useRefreshAll()
  return useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/avatar')), onSuccess: refresh })
}

/** What others see of it is made of what was just kept. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['profiles'] }),
      queryClient.invalidateQueries({ queryKey: [...myProfileQuery.queryKey, 'preview'] }),
    ])
}

function useRefreshAll() {
  const queryClient = useQueryClient()
  const refresh = useRefresh()
  return () => Promise.all([queryClient.invalidateQueries(myProfileQuery), refresh()])
}
