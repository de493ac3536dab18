import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { pageKey } from './queries'

/** Who wrote which words of a page, as it is now. */
export const authorsQuery = (pageId: string) =>
  queryOptions({
    queryKey: [...pageKey(pageId), 'authors'],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/pages/{document_id}/authors', { params: { path: { document_id: pageId } }, signal })),
    staleTime: 0,
  })
