import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, from left to right; the last one is the main one. */
  footer?: ReactNode
  /** Pixels, or the whole width of a small screen. */
  width?: number
}

const fetchWindow = async () => ({ default: (await import('./DialogWindow')).DialogWindow })
const DialogWindow = lazy(fetchWindow)

/**
 * Holds focus, closes with Esc, gives focus back. The page behind is inert; mark the first useful field with
 * `data-autofocus`. What it is made of comes after the page that may open it.
 */
export function Dialog(props: DialogProps) {
  const [wasOpen, setWasOpen] = useState(props.open)
  if (props.open && !wasOpen) setWasOpen(true)
  useEffect(() => void fetchWindow().catch(() => {}), [])
  return (
    wasOpen && (
      <Suspense>
        <DialogWindow {...props} />
      </Suspense>
    )
  )
}
