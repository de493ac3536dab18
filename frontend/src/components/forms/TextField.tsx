import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconType } from '../Icon'
import { Field, type FieldProps } from './Field'
import styles from './forms.module.css'

type Own = 'id' | 'aria-describedby' | 'aria-invalid' | 'required'

interface TextFieldProps extends FieldProps, Omit<InputHTMLAttributes<HTMLInputElement>, Own> {
  icon?: IconType
  /** Inside the box, after the text: a unit, a button. */
  after?: ReactNode
  /** Beside the box, on the same line: the form's own button. */
  beside?: ReactNode
  ref?: Ref<HTMLInputElement>
}

export function TextField({ label, hint, error, optional, icon, after, beside, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <span className={styles.line}>
          <span className={styles.box} data-invalid={control['aria-invalid']}>
            {icon && <Icon as={icon} size={17} />}
            <input {...input} {...control} />
            {after}
          </span>
          {beside}
        </span>
      )}
    </Field>
  )
}
