import { IconChevronDown } from '@tabler/icons-react'
import type { SelectHTMLAttributes } from 'react'
import { Icon } from '../Icon'
import { Field, type FieldProps } from './Field'
import styles from './forms.module.css'

export interface Option<Value extends string = string> {
  value: Value
  label: string
}

type Own = 'id' | 'aria-describedby' | 'aria-invalid' | 'required' | 'onChange' | 'value'

interface SelectFieldProps<Value extends string>
  extends FieldProps,
    Omit<SelectHTMLAttributes<HTMLSelectElement>, Own | 'children'> {
  options: readonly Option<Value>[]
  value: Value
  onChange: (value: Value) => void
}

/** The system's own list: works everywhere, at every zoom, with every reader. */
export function SelectField<Value extends string>({
  label,
  hint,
  error,
  optional,
  options,
  onChange,
  ...select
}: SelectFieldProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find(({ value }) => value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <span className={styles.box} data-invalid={control['aria-invalid']}>
          <select {...select} {...control} onChange={(event) => choose(event.target.value)}>
            {options.map(({ value, label: words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <Icon as={IconChevronDown} size={17} />
        </span>
      )}
    </Field>
  )
}
