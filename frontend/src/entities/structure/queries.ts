import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Unit = components['schemas']['UnitOut']
export type Programme = components['schemas']['ProgrammeOut']
export type Cohort = components['schemas']['CohortOut']

export const STRUCTURE = ['structure'] as const
const limit = 200
const SHOWN = 50

/** Faculties, departments, services and companies whose name has these words: the first fifty, by name. */
export const unitsQuery = (q: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'units', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/units', { params: { query: { limit: SHOWN, q } }, signal })),
    select: ({ items }) => items,
  })

/** What a unit teaches, by words of the name. */
export const programmesQuery = (unit_id: string, q = '') =>
  queryOptions({
    queryKey: [...STRUCTURE, 'programmes', unit_id, q],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/programmes', { params: { query: { limit: SHOWN, unit_id, q } }, signal })),
    select: ({ items }) => items,
    enabled: unit_id !== '',
  })

/** Programmes of whatever unit, by words of the name. */
export const anyProgrammesQuery = (q: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'programmes', 'any', q],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/programmes', { params: { query: { limit: SHOWN, q } }, signal })),
    select: ({ items }) => items,
  })

/** Cohorts of a programme, the latest first. */
export const cohortsQuery = (programme_id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'cohorts', programme_id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/cohorts', { params: { query: { limit, programme_id } }, signal })),
    select: ({ items }) => items,
    enabled: programme_id !== '',
  })
