import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type AgendaItem = components['schemas']['AgendaItemOut']

/** Which events are looked for. */
export interface Wanted {
  from?: string | undefined
  to?: string | undefined
  over?: boolean | undefined
  answered?: boolean | undefined
  everywhere?: boolean | undefined
  community_id?: string | undefined
  public?: 'student' | 'alum' | 'staff' | 'partner' | undefined
}

/** Events in the order of their beginnings. Kept with posts, since what changes these changes the agenda. */
export const agendaQuery = (wanted: Wanted, limit = 20) =>
  listing<AgendaItem>(['posts', 'agenda', wanted, limit], (cursor, signal) =>
    answer(api.GET('/api/v1/agenda', { params: { query: { ...wanted, limit, cursor } }, signal })),
  )
