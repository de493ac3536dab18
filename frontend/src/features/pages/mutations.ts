import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { pageKey } from './queries'

/** What the page says now becomes a version, under a name that it is found again by. */
export function useKeepVersion(pageId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (label: string) =>
      answer(
        api.POST('/api/v1/pages/{document_id}/versions', {
          params: { path: { document_id: pageId } },
          body: { label },
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: pageKey(pageId) }),
  })
}

/** The page says again what it said then; what it said until now is a version too. Everybody who has it open sees it. */
export function useRestoreVersion(pageId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (number: number) =>
      answer(
        api.PUT('/api/v1/pages/{document_id}/versions/{number}/current', {
          params: { path: { document_id: pageId, number } },
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: pageKey(pageId) }),
  })
}
