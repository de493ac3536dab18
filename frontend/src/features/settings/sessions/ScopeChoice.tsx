import { useId } from 'react'
import { Checkbox } from '@/components/forms/Checkbox'
import { FieldError } from '@/components/forms/Field'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import type { Scope } from './queries'
import styles from './sessions.module.css'

interface ScopeChoiceProps {
  known: readonly Scope[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
  error: string | undefined
}

/** What a token may do, in words. */
export function ScopeChoice({ known, chosen, onChange, error }: ScopeChoiceProps) {
  const t = useText(texts)
  const id = useId()
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  return (
    <fieldset className={styles.choice} aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}>
      <legend>{t('tokenScopes')}</legend>
      <p id={`${id}-hint`} className={styles.hint}>
        {t('tokenScopesHint')}
      </p>
      <div className={styles.boxes}>
        {known.map(({ name, description }) => (
          <Checkbox key={name} label={description} checked={chosen.includes(name)} onChange={() => toggle(name)} />
        ))}
      </div>
      {error && (
        <div role="alert">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      )}
    </fieldset>
  )
}
