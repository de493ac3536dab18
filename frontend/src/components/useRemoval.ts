import { type RefObject, useEffect, useRef, useState } from 'react'

/**
 * Asking before something of a list goes. When it is gone its button is too, so the focus goes to `home` once the dialog
 * has closed. The item stays known while the dialog fades away.
 */
export function useRemoval<Item>(home: RefObject<HTMLElement | null>) {
  const [item, setItem] = useState<Item>()
  const [open, setOpen] = useState(false)
  const gone = useRef(false)
  useEffect(() => {
    if (open || !gone.current) return
    gone.current = false
    home.current?.focus()
  }, [open, home])
  return {
    item,
    open,
    ask: (chosen: Item) => {
      setItem(chosen)
      setOpen(true)
    },
    close: () => setOpen(false),
    /** To be called when the server has removed it. */
    done: () => {
      gone.current = true
    },
  }
}
