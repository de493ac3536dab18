import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { useProvedMutation } from '@/entities/session/proof'
import { STRUCTURE } from '@/entities/structure/queries'

type Schemas = components['schemas']
type Made<Draft> = { draft: Draft; once: string }
type Changed<Change> = { change: Change; version: string }

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: STRUCTURE })
}

export function useCreateUnit() {
  return useMutation({
    mutationFn: ({ draft, once }: Made<Schemas['UnitDraft']>) =>
      answer(api.POST('/api/v1/units', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

/** As it was read: refused with 412 when somebody has changed it since. */
export function useChangeUnit(unit_id: string) {
  return useMutation({
    mutationFn: ({ change, version }: Changed<Schemas['UnitChange']>) =>
      answer(
        api.PATCH('/api/v1/units/{unit_id}', {
          params: { path: { unit_id } },
          body: change,
          headers: { 'if-match': version },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useDeleteUnit(unit_id: string, version: string) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/units/{unit_id}', { params: { path: { unit_id } }, headers: { 'if-match': version } }),
      ),
  })
}

export function useCreateProgramme() {
  return useMutation({
    mutationFn: ({ draft, once }: Made<Schemas['ProgrammeDraft']>) =>
      answer(api.POST('/api/v1/programmes', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

export function useChangeProgramme(programme_id: string) {
  return useMutation({
    mutationFn: ({ change, version }: Changed<Schemas['ProgrammeChange']>) =>
      answer(
        api.PATCH('/api/v1/programmes/{programme_id}', {
          params: { path: { programme_id } },
          body: change,
          headers: { 'if-match': version },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useDeleteProgramme(programme_id: string, version: string) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/programmes/{programme_id}', {
          params: { path: { programme_id } },
          headers: { 'if-match': version },
        }),
      ),
  })
}

export function useCreateCohort() {
  return useMutation({
    mutationFn: ({ draft, once }: Made<Schemas['CohortDraft']>) =>
      answer(api.POST('/api/v1/cohorts', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

export function useDeleteCohort(cohort_id: string, version: string) {
  return useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/cohorts/{cohort_id}', {
          params: { path: { cohort_id } },
          headers: { 'if-match': version },
        }),
      ),
  })
}

export function useGraduation(cohort_id: string) {
  const params = { path: { cohort_id } }
  const onSuccess = useRefresh()
  const graduate = useProvedMutation({
    mutationFn: ({ on, once }: { on: string; once: string }) =>
      answer(
        api.POST('/api/v1/cohorts/{cohort_id}/graduation', {
          params,
          body: { on },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess,
  })
  const cancel = useProvedMutation<unknown>({
    mutationFn: () => answer(api.DELETE('/api/v1/cohorts/{cohort_id}/graduation', { params })),
    onSuccess,
  })
  const remind = useMutation({
    mutationFn: ({ on, once }: { on: string; once: string }) =>
      answer(
        api.POST('/api/v1/cohorts/{cohort_id}/graduation/reminders', {
          params,
          body: { on },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess,
  })
  return { graduate, cancel, remind }
}
