import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import type { DirectorySearch } from './search'

export type Card = components['schemas']['PersonCardOut']
export type Facets = components['schemas']['FacetsOut']
export type Facet = components['schemas']['FacetOut']
export type FacetValue = components['schemas']['FacetValueOut']

export const DIRECTORY = ['directory'] as const
const PAGE = 24

export const peopleQuery = (search: DirectorySearch) =>
  listing<Card>([...DIRECTORY, 'people', search], (cursor, signal) =>
    answer(
      api.GET('/api/v1/directory', {
        params: { query: { ...asked(search), sort: search.sort, limit: PAGE, cursor } },
        signal,
      }),
    ),
  )

/** How many are found, and of what: the order they are shown in changes nothing of it. */
export const facetsQuery = ({ sort: _, ...search }: DirectorySearch) =>
  queryOptions({
    queryKey: [...DIRECTORY, 'facets', search],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/directory/facets', { params: { query: asked(search) }, signal })),
  })

export const valuesQuery = (name: Facet['name'], words: string, { sort: _, ...search }: DirectorySearch) =>
  queryOptions({
    queryKey: [...DIRECTORY, 'values', name, words, search],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/directory/facets/{name}', {
          params: { path: { name }, query: { ...asked(search), words } },
          signal,
        }),
      ),
  })

function asked({ mentoring, cohort, sort: _, ...search }: DirectorySearch) {
  return { ...search, cohort: cohort?.map(Number).filter(Number.isInteger), mentoring: mentoring === 'true' }
}
