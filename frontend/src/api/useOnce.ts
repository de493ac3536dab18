import { useRef } from 'react'

/**
 * A key for each thing to create: sending the same draft again, after an answer that was lost, creates nothing twice. Once
 * created, or once the draft is another, the key is another.
 */
export function useOnce() {
  const kept = useRef({ draft: '', key: '' })
  return (draft: object): string => {
    const written = JSON.stringify(draft)
    if (kept.current.draft !== written) kept.current = { draft: written, key: crypto.randomUUID() }
    return kept.current.key
  }
}
