import { IconSelector } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useText } from '@/lib/i18n'
import { Icon } from '../Icon'
import { texts } from '../texts'
import { Field, type FieldProps } from './Field'
import styles from './forms.module.css'

export interface Choice {
  id: string
  name: string
}

interface ComboFieldProps extends FieldProps {
  value: Choice | null
  onChange: (value: Choice | null) => void
  /** What matches the words being written; whoever shows the field looks it up. */
  choices: readonly Choice[]
  onWrite: (words: string) => void
  /** What it means that nothing is chosen: « Toutes » of a filter. */
  unchosen?: string
  busy?: boolean
  disabled?: boolean
}

/**
 * A choice among thousands, found by writing (ARIA combobox, list autocomplete). What is written and not chosen goes back
 * to what was chosen; emptied, it chooses nothing.
 */
export function ComboField({
  label,
  hint,
  error,
  optional,
  value,
  onChange,
  choices,
  onWrite,
  unchosen,
  busy = false,
  disabled,
}: ComboFieldProps) {
  const t = useText(texts)
  const listId = useId()
  const [written, setWritten] = useState<string>()
  const [at, setAt] = useState(-1)
  const list = useRef<HTMLDivElement>(null)
  const open = written !== undefined

  const write = (words: string) => {
    setWritten(words)
    setAt(-1)
    onWrite(words.trim())
  }
  const close = () => {
    setWritten(undefined)
    setAt(-1)
    if (written) onWrite('')
  }
  const choose = (choice: Choice) => {
    onChange(choice)
    close()
  }
  const leave = () => {
    if (written?.trim() === '' && value !== null) onChange(null)
    close()
  }
  const move = (by: number) => {
    if (!open) return write('')
    const next = (at + by + choices.length) % Math.max(choices.length, 1)
    setAt(next)
    list.current?.children[next]?.scrollIntoView?.({ block: 'nearest' })
  }
  const press = (event: KeyboardEvent) => {
    const choice = choices[at]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : at < 0 ? 0 : -1)
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      if (choice) choose(choice)
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
    }
  }

  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <div className={styles.combo}>
          <span className={styles.box} data-invalid={control['aria-invalid']}>
            <input
              {...control}
              role="combobox"
              aria-expanded={open}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={open && at >= 0 ? `${listId}-${at}` : undefined}
              autoComplete="off"
              disabled={disabled}
              value={written ?? value?.name ?? ''}
              onChange={(event) => write(event.target.value)}
              onClick={() => open || write('')}
              onKeyDown={press}
              onBlur={leave}
              placeholder={open ? value?.name : (unchosen ?? t('unchosen'))}
            />
            <Icon as={IconSelector} size={17} />
          </span>
          <div ref={list} id={listId} role="listbox" aria-label={label} hidden={!open} aria-busy={busy || undefined}>
            {choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, as the pattern wants.
              <div
                key={choice.id}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at || (at < 0 && choice.id === value?.id)}
                data-at={index === at || undefined}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
              >
                {choice.name}
              </div>
            ))}
          </div>
          {open && choices.length === 0 && !busy && (
            <p role="status" className={styles.comboNone}>
              {t('noMatch')}
            </p>
          )}
        </div>
      )}
    </Field>
  )
}
