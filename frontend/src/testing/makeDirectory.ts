import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']

export const makeCard = (more: Partial<Schemas['PersonCardOut']> = {}): Schemas['PersonCardOut'] => ({
  id: makeId(),
  name: 'Claire Vasseur',
  pronouns: null,
  avatar: null,
  public: 'alum',
  affiliations: [
    { public: 'alum', unit: 'Faculté des lettres', programme: 'Géographie', title: null, since: '2014-07-01' },
  ],
  headline: 'Urbaniste, Ville de Montréal',
  city: 'Montréal',
  skills: ['Aménagement', 'Cartographie'],
  mentoring: true,
  abilities: ['see_profile'],
  ...more,
})

/** Facets by name, their values as `[key, label, people]`. */
export const makeFacets = (
  people: number,
  values: Partial<Record<Schemas['FacetOut']['name'], [string, string, number][]>> = {},
  chosen: readonly string[] = [],
): Schemas['FacetsOut'] => ({
  people,
  facets: (['public', 'unit', 'programme', 'cohort', 'city', 'skill', 'mentoring'] as const).map((name) => ({
    name,
    values: (values[name] ?? []).map(([key, label, count]) => ({
      key,
      label,
      people: count,
      chosen: chosen.includes(key),
    })),
  })),
})
