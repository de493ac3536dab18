import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { FormError } from './FormError'

interface FormProps {
  children: ReactNode
  /** What a field was given, by its name: « values('email') ». */
  onSubmit: (values: (name: string) => string) => void
  /** What is wrong with the form as a whole. */
  error?: string | null | undefined
  /** Why the last sending failed; when it changes, the first wrong field gets the focus. */
  failure?: unknown
}

/** A form that the server judges: it says what is wrong in the person's language, where browsers speak their own. */
export function Form({ children, onSubmit, error, failure }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (failure) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [failure])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    onSubmit((name) => String(data.get(name) ?? ''))
  }
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <FormError>{error}</FormError>
      {children}
    </form>
  )
}
