import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { isProblem } from '@/api/problem'
import type { components } from '@/api/schema.gen'

export type CalendarFeed = components['schemas']['CalendarFeedOut']
export type Holds = CalendarFeed['holds']

const FEED = ['calendar-feed'] as const

/** What is known of one's feed; null for who has none. */
export const feedQuery = queryOptions({
  queryKey: FEED,
  queryFn: async ({ signal }) => {
    try {
      return await answer(api.GET('/api/v1/me/calendar-feed', { signal }))
    } catch (error) {
      if (isProblem(error) && error.status === 404) return null
      throw error
    }
  },
})

/** Communities that one is in, to choose among. */
export const placesQuery = queryOptions({
  queryKey: ['communities', 'agenda'],
  queryFn: async ({ signal }) => {
    const query = { mine: true, sort: 'name' as const, limit: 200 }
    const { items } = await answer(api.GET('/api/v1/communities', { params: { query }, signal }))
    return items.map(({ id, name }) => ({ id, name }))
  },
})
