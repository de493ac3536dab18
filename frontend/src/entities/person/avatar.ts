import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { upload } from '@/entities/file/upload'
import { sessionQuery } from '@/entities/session/queries'

interface Sending {
  picture: File
  onProgress: (part: number) => void
}

/** Sends a picture, then makes the member's own of it. */
export function usePutAvatar() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ picture, onProgress }: Sending) => {
      const { id } = await upload(picture, { onProgress })
      return answer(api.PUT('/api/v1/me/avatar', { body: { file_id: id } }))
    },
    onSuccess: refresh,
  })
}

export function useRemoveAvatar() {
  const refresh = useRefresh()
  return useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/avatar')), onSuccess: refresh })
}

/** The member is shown in every bar and wherever people are named. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [sessionQuery.queryKey, ['my-profile'], ['profiles'], ['directory'], ['ties']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
}
