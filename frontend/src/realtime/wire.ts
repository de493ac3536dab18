import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'
import { type Ears, type Ending, listen } from './socket'

export type News = components['schemas']['EventsOut']
/** Something that happened, as the server tells it: `type` says what, and what `data` holds. */
export type LiveEvent = News['items'][number]
export type LiveEventOf<Type extends LiveEvent['type']> = Extract<LiveEvent, { type: Type }>
/** Where things stand, and from where to follow what happens next. */
export type Snapshot = components['schemas']['SyncOut']

/** How what happens reaches this tab. */
export interface Wire {
  sync: (signal: AbortSignal) => Promise<Snapshot>
  /** Answers when something happened after the cursor, or in vain after `wait` seconds. */
  news: (since: string, wait: number, signal: AbortSignal) => Promise<News>
  /** Tells what happens after the cursor as it happens, until it ends; absent where there are no sockets. */
  listen?: (since: string, ears: Ears, signal: AbortSignal) => Promise<Ending>
}

export const server: Wire = {
  sync: (signal) => answer(api.GET('/api/v1/sync', { signal })),
  news: (since, wait, signal) => answer(api.GET('/api/v1/events', { params: { query: { since, wait } }, signal })),
  listen,
}
