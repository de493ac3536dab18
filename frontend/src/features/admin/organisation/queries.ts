import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { upload } from '@/entities/file/upload'
import { organisationQuery } from '@/entities/organisation/queries'

export type Organisation = components['schemas']['OrganisationOut']
export type OrganisationChange = components['schemas']['OrganisationChange']

/** The same organisation that everybody sees, with the version it is at. */
export const settingsQuery = queryOptions({
  queryKey: [...organisationQuery.queryKey, 'settings'],
  queryFn: ({ signal }) => answerWithVersion(api.GET('/api/v1/organisation', { signal })),
})

export function useChangeOrganisation() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ change, version }: { change: OrganisationChange; version: string }) =>
      answer(api.PATCH('/api/v1/organisation', { body: change, headers: { 'if-match': version } })),
    onSuccess: refresh,
  })
}

/** Sends a picture, then makes the logo of it. */
export function usePutLogo() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ picture, onProgress }: { picture: File; onProgress: (part: number) => void }) => {
      const { id } = await upload(picture, { onProgress })
      return answer(api.PUT('/api/v1/organisation/logo', { body: { file_id: id } }))
    },
    onSuccess: refresh,
  })
}

export function useRemoveLogo() {
  const refresh = useRefresh()
  return useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/organisation/logo')), onSuccess: refresh })
}

/** Its name and mark are on every screen. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: organisationQuery.queryKey })
}
