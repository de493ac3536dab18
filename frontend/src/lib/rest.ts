const LONGEST = 4_000

/** Does something once the page has nothing more urgent to do; gives how to call it off. */
export function atRest(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, LONGEST / 2)
    return () => clearTimeout(timer)
  }
  const handle = requestIdleCallback(work, { timeout: LONGEST })
  return () => cancelIdleCallback(handle)
}
