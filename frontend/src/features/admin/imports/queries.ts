import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { useProvedMutation } from '@/entities/session/proof'

export type Import = components['schemas']['ImportOut']
export type ImportDraft = components['schemas']['ImportDraft']
export type Confirmation = components['schemas']['ImportConfirmation']
export type Finding = components['schemas']['FindingOut']
export type FindingKind = Finding['kind']

export const findingKinds = ['created', 'changed', 'closed', 'refused', 'pair'] as const satisfies FindingKind[]

const IMPORTS = ['imports'] as const
const EVERY = 1000

export const isMoving = ({ state }: Import) => state === 'reading' || state === 'applying'

export const importsQuery = listing<Import>([...IMPORTS, 'list'], (cursor, signal) =>
  answer(api.GET('/api/v1/people/imports', { params: { query: { cursor } }, signal })),
)

/** Asked for again each second while it moves. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: [...IMPORTS, 'one', id],
    queryFn: ({ signal }) =>
      answerWithVersion(api.GET('/api/v1/people/imports/{import_id}', { params: { path: { import_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.data) ? EVERY : false),
  })

/** Of one import in one state: what it found grows while it reads. */
export const findingsQuery = (id: string, kind: FindingKind, state: string) =>
  listing<Finding>([...IMPORTS, 'findings', id, kind, state], (cursor, signal) =>
    answer(
      api.GET('/api/v1/people/imports/{import_id}/findings', {
        params: { path: { import_id: id }, query: { kind, cursor } },
        signal,
      }),
    ),
  )

export function useBeginImport() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, once }: { draft: ImportDraft; once: string }) =>
      answer(api.POST('/api/v1/people/imports', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: IMPORTS }),
  })
}

export function useApplyImport(id: string, version: string) {
  const queryClient = useQueryClient()
  return useProvedMutation({
    mutationFn: (agreed: Confirmation) =>
      answer(
        api.PUT('/api/v1/people/imports/{import_id}/application', {
          params: { path: { import_id: id } },
          body: agreed,
          headers: { 'if-match': version },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: IMPORTS }),
  })
}

export function useCancelImport(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/people/imports/{import_id}', { params: { path: { import_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: IMPORTS }),
  })
}
