import { type Public, publics } from '@/components/people/publics'

export const sorts = ['relevance', 'name', 'recent'] as const
export type Sort = (typeof sorts)[number]

/** Facets that are lists of values, in the order they are shown. */
export const listed = ['unit', 'programme', 'cohort', 'city', 'skill'] as const
export type Listed = (typeof listed)[number]

/** Whom to find, as the page's address says it: any value of one facet, and something of each. */
export interface DirectorySearch extends Partial<Record<Listed, string[] | undefined>> {
  q?: string | undefined
  public?: Public[] | undefined
  mentoring?: 'true' | undefined
  sort?: Sort | undefined
}

/** What an address says is looked for; anything else in it is passed over. */
export function searchOf(given: Record<string, unknown>): DirectorySearch {
  const q = typeof given.q === 'string' ? given.q.slice(0, 200) : ''
  const chosen = publics.filter((one) => texts(given.public).includes(one))
  const sort = sorts.find((one) => one === given.sort)
  const lists = listed.map((name) => [name, texts(given[name])] as const).filter(([, values]) => values.length > 0)
  return {
    ...(q !== '' && { q }),
    ...(chosen.length > 0 && { public: chosen }),
    ...Object.fromEntries(lists),
    ...(given.mentoring === 'true' && { mentoring: 'true' as const }),
    ...(sort && { sort }),
  }
}

/** The same with a value of a facet chosen, or no longer. What is empty is left out. */
export function toggled(search: DirectorySearch, name: Listed | 'public', key: string): DirectorySearch {
  const before: readonly string[] = search[name] ?? []
  const after = before.includes(key) ? before.filter((one) => one !== key) : [...before, key]
  return { ...search, [name]: after.length > 0 ? after : undefined }
}

export const chosenCount = (search: DirectorySearch) =>
  [...listed, 'public' as const].reduce((sum, name) => sum + (search[name]?.length ?? 0), search.mentoring ? 1 : 0)

/** What stays when all filters are taken away. */
export const unfiltered = ({ q, sort }: DirectorySearch): DirectorySearch => ({
  ...(q !== undefined && { q }),
  ...(sort && { sort }),
})

function texts(given: unknown): string[] {
  const values = Array.isArray(given) ? given : [given]
  return values.filter((one): one is string => typeof one === 'string' && one !== '' && one.length <= 120).slice(0, 20)
}
