import { IconAlertCircle } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useText } from '@/lib/i18n'
import { Icon } from '../Icon'
import { texts } from '../texts'
import styles from './forms.module.css'

export interface FieldProps {
  label: string
  /** Before the control, and read with it. */
  hint?: ReactNode
  /** Under the control, and read with it. */
  error?: string | undefined
  /** Most fields are needed; the others say so. */
  optional?: boolean | undefined
}

export interface Control {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  required: boolean
}

/** A label, a hint, a control and its error, linked together. */
export function Field({
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { children: (control: Control) => ReactNode }) {
  const t = useText(texts)
  const id = useId()
  const hintId = hint ? `${id}-hint` : undefined
  const errorId = error ? `${id}-error` : undefined
  const describedBy = [hintId, errorId].filter(Boolean).join(' ') || undefined
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label} {optional && <span className={styles.optional}>({t('optional')})</span>}
      </label>
      {hint && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined, required: !optional })}
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  )
}

export function FieldError({ id, children }: { id: string | undefined; children: ReactNode }) {
  return (
    <p id={id} className={styles.error}>
      <Icon as={IconAlertCircle} size={18} />
      {children}
    </p>
  )
}
