import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { DOCUMENTS, folderKey, folderQuery } from './queries'

export type FolderAct = components['schemas']['FolderActOut']

const FEW = 8

/** What was done in a folder and below it, the last first. */
export const actsQuery = (folderId: string) =>
  listing<FolderAct>([...DOCUMENTS, 'activity', folderId], (cursor, signal) =>
    answer(
      api.GET('/api/v1/folders/{folder_id}/activity', {
        params: { path: { folder_id: folderId }, query: { limit: FEW, cursor } },
        signal,
      }),
    ),
  )

/** Being told of what comes in a folder, or no longer: shown at once, and as it was when the server does not take it. */
export function useFollow(folderId: string) {
  const cache = useQueryClient()
  const { queryKey } = folderQuery(folderId)
  const show = (follows: boolean) => cache.setQueryData(queryKey, (held) => held && { ...held, is_followed: follows })
  return useMutation({
    mutationFn: (follows: boolean) => {
      const params = { path: { folder_id: folderId } }
      return answer<unknown>(
        follows
          ? api.PUT('/api/v1/folders/{folder_id}/following', { params })
          : api.DELETE('/api/v1/folders/{folder_id}/following', { params }),
      )
    },
    onMutate: (follows) => void show(follows),
    onError: (_, follows) => void show(!follows),
    onSettled: () => cache.invalidateQueries({ queryKey: folderKey(folderId), exact: true }),
  })
}
