import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { keptQuery } from './queries'
import type { GlobalSearch } from './search'

/** Keeps what was looked for, for its member alone; that it could not be kept stops nobody. */
export function useKeepSearch() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ q = '', kinds, place }: GlobalSearch) =>
      answer(api.POST('/api/v1/me/searches', { body: { q, kinds: kinds ?? [], place_id: place ?? null } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: keptQuery.queryKey }),
  })
}

/** One of them, or all. */
export function useForgetSearches() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string | 'all') =>
      answer(
        id === 'all'
          ? api.DELETE('/api/v1/me/searches')
          : api.DELETE('/api/v1/me/searches/{search_id}', { params: { path: { search_id: id } } }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: keptQuery.queryKey }),
  })
}
