import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answerWithVersion, api } from '@/api/client'
import { sessionQuery } from '@/entities/session/queries'
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

/** What others see of it is made of what was just kept; so is what is left to do. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['profiles'] }),
      queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      queryClient.invalidateQueries({ queryKey: [...myProfileQuery.queryKey, 'preview'] }),
    ])
}
