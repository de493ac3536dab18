import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import type { IconType } from '@/components/Icon'
import styles from './settings.module.css'

interface DisclosedProps {
  opener: { words: string; icon?: IconType; look?: 'primary' | 'secondary' | 'danger' }
  /** Other buttons on the line of the opener. */
  beside?: ReactNode
  children: (close: () => void) => ReactNode
}

/** A form that opens where its button was, takes the focus, and gives it back to the button when it closes. */
export function Disclosed({ opener, beside, children }: DisclosedProps) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const form = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (open) form.current?.querySelector<HTMLElement>('input:not([hidden]), textarea, select')?.focus()
    else if (wasOpen.current) button.current?.focus()
    wasOpen.current = open
  }, [open])
  if (open) return <div ref={form}>{children(() => setOpen(false))}</div>
  return (
    <div className={styles.end}>
      <Button ref={button} look={opener.look} icon={opener.icon} onClick={() => setOpen(true)}>
        {opener.words}
      </Button>
      {beside}
    </div>
  )
}
