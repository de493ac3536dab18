import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '../buttons/Button'
import { Icon } from '../Icon'
import type { FieldProps } from './Field'
import styles from './forms.module.css'
import { TextField } from './TextField'

interface WordsFieldProps extends FieldProps {
  words: readonly string[]
  onChange: (words: string[]) => void
  most: number
  longest: number
  /** Of the button that keeps what is typed. */
  add: string
  /** Names the list of those kept. */
  kept: string
  remove: (word: string) => string
}

/** Words typed one after the other: Enter or a comma keeps each. */
export function WordsField({ words, onChange, most, longest, add, kept, remove, ...field }: WordsFieldProps) {
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const keepTyped = () => {
    const more = typed
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
    setTyped('')
    input.current?.focus()
    if (more.length > 0) onChange(once([...words, ...more]).slice(0, most))
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ',') return
    event.preventDefault()
    keepTyped()
  }
  const takeOut = (word: string) => {
    onChange(words.filter((one) => one !== word))
    input.current?.focus()
  }
  return (
    <div className={styles.wordsField}>
      <TextField
        {...field}
        ref={input}
        value={typed}
        maxLength={longest}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
        beside={
          <Button look="secondary" onClick={keepTyped}>
            {add}
          </Button>
        }
      />
      <ul className={styles.words} aria-label={kept}>
        {words.map((word) => (
          <li key={word}>
            {word}
            <button type="button" aria-label={remove(word)} onClick={() => takeOut(word)}>
              <Icon as={IconX} size={15} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Each once, whatever its case and accents, as the server keeps them. */
function once(words: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const word of words) if (!found.has(fold(word))) found.set(fold(word), word)
  return [...found.values()]
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
