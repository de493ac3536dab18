import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Unit = components['schemas']['UnitOut']
export type Programme = components['schemas']['ProgrammeOut']
export type Cohort = components['schemas']['CohortOut']

export const STRUCTURE = ['structure'] as const
const limit = 200

/** Faculties, departments, services and companies, by name. */
export const unitsQuery = queryOptions({
  queryKey: [...STRUCTURE, 'units'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/units', { params: { query: { limit } }, signal })),
  select: ({ items }) => items,
})

/** What a unit teaches, by name. */
export const programmesQuery = (unit_id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'programmes', unit_id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/programmes', { params: { query: { limit, unit_id } }, signal })),
    select: ({ items }) => items,
    enabled: unit_id !== '',
  })

/** Cohorts of a programme, the latest first. */
export const cohortsQuery = (programme_id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'cohorts', programme_id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/cohorts', { params: { query: { limit, programme_id } }, signal })),
    select: ({ items }) => items,
    enabled: programme_id !== '',
  })
