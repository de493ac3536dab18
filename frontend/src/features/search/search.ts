import { type Public, publics } from '@/components/people/publics'
import { type Kind, kinds } from './types'

/** What is found, as the page's address says it. */
export interface GlobalSearch {
  q?: string | undefined
  kinds?: Kind[] | undefined
  /** A community or a conversation. */
  place?: string | undefined
  author?: string | undefined
  public?: Public | undefined
  since?: string | undefined
  until?: string | undefined
  sort?: 'recent' | undefined
}

/** What an address says is looked for; anything else in it is passed over. */
export function searchOf(given: Record<string, unknown>): GlobalSearch {
  const q = typeof given.q === 'string' ? given.q.slice(0, LONGEST) : ''
  const wanted = kinds.filter((one) => texts(given.kinds).includes(one))
  const chosen = publics.find((one) => one === given.public)
  const [place, author] = [id(given.place), id(given.author)]
  const [since, until] = [day(given.since), day(given.until)]
  return {
    ...(q !== '' && { q }),
    ...(wanted.length > 0 && { kinds: wanted }),
    ...(place && { place }),
    ...(author && { author }),
    ...(chosen && { public: chosen }),
    ...(since && { since }),
    ...(until && { until }),
    ...(given.sort === 'recent' && { sort: 'recent' as const }),
  }
}

/** The longest question that the server takes. */
export const LONGEST = 200

/** How many filters are chosen beside the kind. */
export const chosenCount = (search: GlobalSearch) =>
  [search.place, search.author, search.public, search.since, search.until].filter(Boolean).length

/** What stays when all filters are taken away. */
export const unfiltered = ({ q, sort }: GlobalSearch): GlobalSearch => ({
  ...(q !== undefined && { q }),
  ...(sort && { sort }),
})

/** The same, as the server is asked. */
export const asked = ({ q, place, author, ...rest }: GlobalSearch) => ({
  ...rest,
  q: q ?? '',
  place_id: place,
  author_id: author,
})

const id = (given: unknown) => (typeof given === 'string' && /^[0-9a-f-]{36}$/i.test(given) ? given : undefined)
const day = (given: unknown) =>
  typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given)) ? given : undefined

function texts(given: unknown): string[] {
  const values = Array.isArray(given) ? given : [given]
  return values.filter((one): one is string => typeof one === 'string')
}
