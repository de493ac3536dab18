import { startTransition, useEffect, useState } from 'react'

/** About as many as a window shows. */
const FIRST = 4
const NEXT = 2

/** How many of a long list to draw: those that one sees first, then a few more at a time, giving way to whoever acts. */
export function useFewAtOnce(count: number): number {
  const [drawn, setDrawn] = useState(FIRST)
  useEffect(() => {
    if (drawn < count) startTransition(() => setDrawn(drawn + NEXT))
  }, [drawn, count])
  return drawn
}
