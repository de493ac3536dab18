import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { pageKey } from './queries'

export const exportFormats = ['docx', 'html', 'md'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Where the page is, as a file. */
export const exportAddress = (pageId: string, format: ExportFormat) => `/api/v1/pages/${pageId}/export?format=${format}`

/** What the page loses in a format. */
export const exportLossesQuery = (pageId: string, format: ExportFormat) =>
  queryOptions({
    queryKey: [...pageKey(pageId), 'losses', format],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/pages/{document_id}/export/losses', {
          params: { path: { document_id: pageId }, query: { format } },
          signal,
        }),
      ),
    staleTime: 0,
  })
