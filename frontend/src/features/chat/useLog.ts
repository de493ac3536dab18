import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { hasAfter, hasBefore, head, joined, type Log, tail } from './log'
import { type Flow, type From, logKey, logQuery, readPage } from './queries'

/** Where the log is opened: at its end, at a message, or at what is new. */
export type Start = { at: 'end' } | { at: 'new' } | { at: 'message'; number: number }

/** A log as it is scrolled: what is held, how it grows both ways, and how one jumps elsewhere in it. */
export function useLog(flow: Flow, from: From, first: Start) {
  const cache = useQueryClient()
  const key = logKey(flow)
  const query = useQuery(logQuery(flow, from))
  const log = query.data
  const [opening, setOpening] = useState({ turn: 0, start: first })
  const reading = useRef<'before' | 'after'>(undefined)

  const grow = async (way: 'before' | 'after') => {
    const held = cache.getQueryData<Log>(key)
    if (held === undefined || reading.current) return
    const edge = way === 'before' ? head(held) : tail(held)
    if (edge === undefined || !(way === 'before' ? hasBefore(held) : hasAfter(held))) return
    reading.current = way
    try {
      const page = await readPage(flow, { [way]: edge })
      cache.setQueryData<Log>(key, (now) => now && joined(now, page))
    } catch {
      // Scrolled on, it is asked for again.
    } finally {
      reading.current = undefined
    }
  }
  /** Reads another part of the log, and opens it there. */
  const jump = async (where: From, start: (page: Log) => Start) => {
    const page = await readPage(flow, where)
    cache.setQueryData<Log>(key, page)
    setOpening(({ turn }) => ({ turn: turn + 1, start: start(page) }))
  }
  const goTo = async (number: number) => {
    const held = cache.getQueryData<Log>(key)
    const isHeld = held?.items.some((one) => one.number === number)
    if (isHeld) setOpening(({ turn }) => ({ turn: turn + 1, start: { at: 'message', number } }))
    else await jump({ around: number }, () => ({ at: 'message', number }))
  }
  const goToDate = (at: string) =>
    jump({ at }, ({ items }) => {
      const found = items.find((one) => one.created_at >= at) ?? items.at(-1)
      return found ? { at: 'message', number: found.number } : { at: 'end' }
    })
  const goToEnd = async () => {
    const held = cache.getQueryData<Log>(key)
    if (held && !hasAfter(held)) setOpening(({ turn }) => ({ turn: turn + 1, start: { at: 'end' } }))
    else await jump({}, () => ({ at: 'end' }))
  }
  return { query, log, opening, grow, goTo, goToDate, goToEnd }
}
