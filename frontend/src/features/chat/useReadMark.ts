import { useCallback, useEffect, useRef } from 'react'
import { useMarkRead } from './mutations'
import type { Conversation } from './types'

const SAID_AFTER = 300

/** Says how far one has read, as what was said comes on the screen: the furthest, once for what comes together. */
export function useReadMark({ id, read_number: read }: Pick<Conversation, 'id' | 'read_number'>) {
  const mark = useMarkRead(id)
  const reached = useRef(read)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const say = useRef(mark.mutate)
  say.current = mark.mutate
  useEffect(() => () => clearTimeout(timer.current), [])
  // What was marked as unread is not read again by looking at it; what comes after is.
  const last = useRef(read)
  if (read < last.current) reached.current = Math.max(reached.current, last.current)
  last.current = read
  return useCallback((number: number) => {
    if (number <= Math.max(reached.current, last.current)) return
    reached.current = number
    clearTimeout(timer.current)
    timer.current = setTimeout(() => say.current(reached.current), SAID_AFTER)
  }, [])
}
