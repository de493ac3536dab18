import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { DOCUMENTS } from './queries'

export type PageTask = components['schemas']['PageTaskOut']
const FEW = 10

/** What is the reader's to do, in pages that he may read. */
export const tasksQuery = listing<PageTask>([...DOCUMENTS, 'tasks'], (cursor, signal) =>
  answer(api.GET('/api/v1/me/page-tasks', { params: { query: { limit: FEW, cursor } }, signal })),
)

/** A day of the calendar here, as the server writes days. */
export const today = (now: Date = new Date()) =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

export const isLate = ({ due }: PageTask, now?: Date) => due !== null && due < today(now)
