import type { Access } from '@/entities/community/queries'

export const sorts = ['active', 'people', 'recent', 'name'] as const
export type Sort = (typeof sorts)[number]
export const lists = ['all', 'mine', 'archived'] as const
export type List = (typeof lists)[number]
export const accesses = ['open', 'on_request', 'secret'] as const satisfies Access[]

/** Which communities are looked for, as the page's address says it. */
export interface CommunitySearch {
  q?: string | undefined
  tag?: string | undefined
  access?: Access | undefined
  list?: Exclude<List, 'all'> | undefined
  sort?: Exclude<Sort, 'active'> | undefined
}

/** What an address says is looked for; anything else in it is passed over. */
export function searchOf(given: Record<string, unknown>): CommunitySearch {
  const q = words(given.q, 200)
  const tag = words(given.tag, 40)
  const access = accesses.find((one) => one === given.access)
  const list = lists.find((one) => one === given.list)
  const sort = sorts.find((one) => one === given.sort)
  return {
    ...(q && { q }),
    ...(tag && { tag }),
    ...(access && { access }),
    ...(list && list !== 'all' && { list }),
    ...(sort && sort !== 'active' && { sort }),
  }
}

export const chosenCount = ({ tag, access }: CommunitySearch) => Number(Boolean(tag)) + Number(Boolean(access))

/** Whether nothing is looked for yet. */
export const isUntouched = (search: CommunitySearch) => !search.q && !search.list && chosenCount(search) === 0

/** What stays when all filters are taken away. */
export const unfiltered = ({ tag: _, access: __, ...rest }: CommunitySearch): CommunitySearch => rest

/** The same, as the server is asked. */
export const asked = ({ q, tag, access, list }: CommunitySearch) => ({
  q: q ?? '',
  tag,
  access,
  mine: list === 'mine',
  archived: list === 'archived',
})

const words = (given: unknown, longest: number) => (typeof given === 'string' ? given.trim().slice(0, longest) : '')
