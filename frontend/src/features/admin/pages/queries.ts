import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { PAGES, pageQuery, type Slug } from '@/entities/page/queries'
import type { Language } from '@/lib/language'

export function useWritePage(slug: Slug, language: Language) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ body, version }: { body: string; version: string }) =>
      answerWithVersion(
        api.PUT('/api/v1/organisation/pages/{slug}', {
          params: { path: { slug }, query: { language }, header: { 'if-match': version } },
          body: { body },
        }),
      ),
    onSuccess: (page) => {
      queryClient.setQueryData(pageQuery(slug, language).queryKey, page)
      return queryClient.invalidateQueries({ queryKey: PAGES })
    },
  })
}

/** How a text would be read: rendered where every text is, on the server, which keeps nothing of it. */
export const previewQuery = (body: string) =>
  queryOptions({
    queryKey: ['page-preview', body],
    queryFn: () => answer(api.POST('/api/v1/organisation/pages/previews', { body: { body } })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
