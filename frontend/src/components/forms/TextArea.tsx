import type { Ref, TextareaHTMLAttributes } from 'react'
import { Field, type FieldProps } from './Field'
import styles from './forms.module.css'

type Own = 'id' | 'aria-describedby' | 'aria-invalid' | 'required'

interface TextAreaProps extends FieldProps, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Own> {
  ref?: Ref<HTMLTextAreaElement>
}

export function TextArea({ label, hint, error, optional, ...textarea }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <span className={styles.box} data-invalid={control['aria-invalid']}>
          <textarea {...textarea} {...control} />
        </span>
      )}
    </Field>
  )
}
