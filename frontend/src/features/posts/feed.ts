import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { createPreference } from '@/lib/preference'
import { type Post, postQuery } from './queries'

type Page = components['schemas']['FeedOut']
export type FeedItem = components['schemas']['FeedItemOut']
export type FeedReason = components['schemas']['FeedReasonOut']

export const feedTabs = ['for_you', 'announcements', 'communities', 'ideas'] as const
export type FeedTab = (typeof feedTabs)[number]

/** By what concerns one most, or by time alone: how one reads on this device. */
export const feedOrder = createPreference('parvis-feed-order', ['relevant', 'recent'], () => 'relevant')
export type FeedOrder = ReturnType<typeof feedOrder.get>

const FEED = ['feed'] as const
const LISTS = [...FEED, 'list'] as const
const NEW = [...FEED, 'new'] as const
const PAGE = 20

/** Read once, and again when one asks for what is new: nothing moves under who reads. What happens to a post meanwhile is
 * put in its place by `readPostAgain`. */
export const feedQuery = (tab: FeedTab, order: FeedOrder) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, tab, order],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/feed', { params: { query: { tab, order, limit: PAGE, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    select: ({ pages }) => ({ items: pages.flatMap(({ items }) => items), asOf: pages[0]?.as_of }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** How many posts of others came since the first page was read. */
export const newQuery = (tab: FeedTab, since: string | undefined) =>
  queryOptions({
    queryKey: [...NEW, tab, since],
    queryFn: async ({ signal }) =>
      (await answer(api.GET('/api/v1/feed/new', { params: { query: { tab, since: since ?? '' } }, signal }))).count,
    enabled: since !== undefined,
  })

/** Whether this was read of the feed itself, which only its reader turns. */
export const isOfFeed = ({ queryKey: [first, second] }: { queryKey: readonly unknown[] }) =>
  first === LISTS[0] && second === LISTS[1]

/** The feed from its beginning, and what came with it. */
export const readFeedAnew = (cache: QueryClient) => cache.resetQueries({ queryKey: LISTS })

const TOGETHER = 2000
const waiting = new WeakMap<QueryClient, ReturnType<typeof setTimeout>>()

/** Something was said: what comes close together is asked for once. */
export function countNewAgain(cache: QueryClient) {
  if (waiting.has(cache)) return
  const ask = () => {
    waiting.delete(cache)
    void cache.invalidateQueries({ queryKey: NEW })
  }
  waiting.set(cache, setTimeout(ask, TOGETHER))
}

/** A post changed: it is read anew where it is shown in a feed, and goes from it when it is no longer there. */
export async function readPostAgain(cache: QueryClient, id: string) {
  const shown = cache
    .getQueriesData<InfiniteData<Page>>({ queryKey: LISTS })
    .some(([, data]) => data?.pages.some(({ items }) => items.some(({ post }) => post.id === id)))
  if (!shown) return
  try {
    const post = await cache.fetchQuery({ ...postQuery(id), staleTime: 0 })
    replace(cache, id, (item) => [{ ...item, post }])
  } catch (error) {
    if (isProblem(error) && error.status === 404) replace(cache, id, () => [])
  }
}

function replace(cache: QueryClient, id: Post['id'], by: (item: FeedItem) => FeedItem[]) {
  cache.setQueriesData<InfiniteData<Page>>(
    { queryKey: LISTS },
    (data) => data && { ...data, pages: data.pages.map(turned) },
  )
  function turned(page: Page): Page {
    return { ...page, items: page.items.flatMap((item) => (item.post.id === id ? by(item) : [item])) }
  }
}
