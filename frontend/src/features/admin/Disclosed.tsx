import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import admin from './admin.module.css'

/** A form that opens where its button was, takes the focus, and gives it back to the button when it closes. */
export function Disclosed({ words, children }: { words: string; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (open) form.current?.querySelector<HTMLElement>('input, select')?.focus()
    else if (wasOpen.current) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (open) {
    return (
      <div ref={form} className={admin.block}>
        {children(() => setOpen(false))}
      </div>
    )
  }
  return (
    <div className={admin.end}>
      <Button ref={button} look="secondary" icon={IconPlus} onClick={() => setOpen(true)}>
        {words}
      </Button>
    </div>
  )
}
