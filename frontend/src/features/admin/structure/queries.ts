import { queryOptions } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { type Cohort, type Programme, STRUCTURE, type Unit } from '@/entities/structure/queries'

type Schemas = components['schemas']
export type UnitPlace = Schemas['UnitPlaceOut']
export type ProgrammePlace = Schemas['ProgrammePlaceOut']
export type Preview = Schemas['GraduationPreviewOut']
export type Lacking = Schemas['LackingOut']

export const unitKinds = [
  'component',
  'department',
  'laboratory',
  'service',
  'company',
  'other',
] as const satisfies Unit['kind'][]

/** Units directly in one; with null, those that are in none. */
export const unitsInQuery = (parent_id: string | null) =>
  listing<Unit>([...STRUCTURE, 'in', parent_id ?? ''], (cursor, signal) =>
    answer(
      api.GET('/api/v1/units', {
        params: { query: { cursor, limit: 100, ...(parent_id === null ? { outermost: true } : { parent_id }) } },
        signal,
      }),
    ),
  )

export const unitQuery = (id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'unit', id],
    queryFn: ({ signal }) =>
      answerWithVersion(api.GET('/api/v1/units/{unit_id}', { params: { path: { unit_id: id } }, signal })),
  })

export const programmesInQuery = (unit_id: string) =>
  listing<Programme>([...STRUCTURE, 'taught', unit_id], (cursor, signal) =>
    answer(api.GET('/api/v1/programmes', { params: { query: { cursor, unit_id } }, signal })),
  )

export const programmeQuery = (id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'programme', id],
    queryFn: ({ signal }) =>
      answerWithVersion(
        api.GET('/api/v1/programmes/{programme_id}', { params: { path: { programme_id: id } }, signal }),
      ),
  })

export const cohortsInQuery = (programme_id: string) =>
  listing<Cohort>([...STRUCTURE, 'promotions', programme_id], (cursor, signal) =>
    answer(api.GET('/api/v1/cohorts', { params: { query: { cursor, programme_id } }, signal })),
  )

export const cohortQuery = (id: string) =>
  queryOptions({
    queryKey: [...STRUCTURE, 'cohort', id],
    queryFn: ({ signal }) =>
      answerWithVersion(api.GET('/api/v1/cohorts/{cohort_id}', { params: { path: { cohort_id: id } }, signal })),
  })

export const GRADUATION = [...STRUCTURE, 'graduation'] as const
const AGAIN = 1000

/** Who would graduate on a day, read again while it is being done; without a day, on the one that is set. */
export const previewQuery = (cohort_id: string, on: string) =>
  queryOptions({
    queryKey: [...GRADUATION, cohort_id, on],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/cohorts/{cohort_id}/graduation', {
          params: { path: { cohort_id }, query: on === '' ? {} : { on } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) =>
      ['running', 'cancelling'].includes(state.data?.graduation?.state ?? '') ? AGAIN : false,
  })

export const lackingQuery = (cohort_id: string, on: string) =>
  listing<Lacking>([...GRADUATION, cohort_id, on, 'lacking'], (cursor, signal) =>
    answer(
      api.GET('/api/v1/cohorts/{cohort_id}/graduation/lacking', {
        params: { path: { cohort_id }, query: { cursor, on } },
        signal,
      }),
    ),
  )
