import { type ReactNode, useId } from 'react'
import { FieldError } from './Field'
import styles from './forms.module.css'

interface ChoiceGroupProps<Value extends string> {
  legend: string
  hint?: ReactNode
  error?: string | undefined
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode }[]
  value: Value | null
  onChange: (value: Value) => void
}

/** One choice among a few, all visible. */
export function ChoiceGroup<Value extends string>({
  legend,
  hint,
  error,
  options,
  value,
  onChange,
}: ChoiceGroupProps<Value>) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className={styles.choices} aria-describedby={described}>
      <legend className={styles.label}>{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {options.map((option) => (
        <label key={option.value} className={styles.choice}>
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
          />
          <span className={styles.radio} />
          <span>
            {option.label}
            {option.hint && (
              <small id={`${id}-${option.value}`} className={styles.choiceHint}>
                {option.hint}
              </small>
            )}
          </span>
        </label>
      ))}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  )
}
