import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import type { Rule } from '@/entities/audience/rule'
import { COMMUNITIES } from '@/entities/community/queries'

export type Automatic = components['schemas']['AutomaticMembershipOut']

const to = (id: string) => ({ path: { community_id: id } })
const at = (version: number) => ({ 'if-match': `"${version}"` })

/** Who is put in a community by a rule, and whether one is there by that. */
export const automaticQuery = (id: string) =>
  queryOptions({
    queryKey: [...COMMUNITIES, 'automatic', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/communities/{community_id}/automatic-membership', { params: to(id), signal })),
  })

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: COMMUNITIES })
}

export function useSetAutomatic(id: string, version: number) {
  return useMutation({
    mutationFn: (rule: Rule) =>
      answer(
        api.PUT('/api/v1/communities/{community_id}/automatic-membership', {
          params: to(id),
          headers: at(version),
          body: { rule },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useEndAutomatic(id: string, version: number) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/communities/{community_id}/automatic-membership', {
          params: to(id),
          headers: at(version),
        }),
      ),
    onSuccess: useRefresh(),
  })
}
