import { useEffect, useRef } from 'react'
import { CONTENT } from './SkipLink'

/**
 * A page that changes in place takes the focus, as a page load would: its button is gone, and readers would be left
 * nowhere. The field to fill next is marked `data-autofocus`.
 */
export function useFocusOnStep(step: unknown) {
  const seen = useRef(step)
  useEffect(() => {
    if (seen.current === step) return
    seen.current = step
    const content = document.getElementById(CONTENT)
    const first = content?.querySelector<HTMLElement>('[data-autofocus]') ?? content
    first?.focus()
  }, [step])
}
