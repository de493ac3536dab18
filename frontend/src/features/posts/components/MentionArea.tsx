import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type TextareaHTMLAttributes, useId, useRef, useState } from 'react'
import { TextArea } from '@/components/forms/TextArea'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import { type NamedPeople, nameBefore, withName } from '../mentions'
import { type Person, suggestionsQuery } from '../queries'
import styles from './composer.module.css'

type Own = 'value' | 'onChange' | 'onKeyDown' | 'onSelect' | 'onBlur'

interface MentionAreaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Own | 'id'> {
  communityId: string | null
  label: string
  hint?: string
  error: string | undefined
  text: string
  people: NamedPeople
  onChange: (text: string, people: NamedPeople) => void
}

/** A text in which `@` and the beginning of a name offer those of the community whom one may find. */
export function MentionArea({ communityId, text, people, onChange, ...area }: MentionAreaProps) {
  const listId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [begun, setBegun] = useState<string>()
  const [at, setAt] = useState(0)
  const asked = begun !== undefined && begun.length > 1 ? begun : undefined
  const found = useQuery({
    ...suggestionsQuery(communityId ?? '', asked ?? ''),
    enabled: communityId !== null && asked !== undefined,
  }).data
  const offered = asked === undefined || asked in people ? [] : (found ?? [])

  const look = (area: HTMLTextAreaElement) => {
    setBegun(nameBefore(area.value.slice(0, area.selectionStart)))
    setAt(0)
  }
  const choose = ({ id, name }: Person) => {
    const area = field.current
    if (!area) return
    const next = withName(text, area.selectionStart, name)
    onChange(next.text, { ...people, [name]: id })
    setBegun(undefined)
    requestAnimationFrame(() => area.setSelectionRange(next.caret, next.caret))
  }
  const press = (event: KeyboardEvent) => {
    const person = offered[at]
    if (!person) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + by + offered.length) % offered.length)
    } else if (event.key === 'Enter' || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setBegun(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.mentions}>
      <TextArea
        {...area}
        ref={field}
        value={text}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${at}` : undefined}
        onChange={({ target }) => {
          onChange(target.value, people)
          look(target)
        }}
        onKeyDown={press}
        onBlur={() => setBegun(undefined)}
      />
      <Offered listId={listId} people={offered} at={at} onChoose={choose} />
    </div>
  )
}

interface OfferedProps {
  listId: string
  people: readonly Person[]
  at: number
  onChoose: (person: Person) => void
}

function Offered({ listId, people, at, onChoose }: OfferedProps) {
  const t = useText(texts)
  if (people.length === 0) return null
  return (
    <div id={listId} role="listbox" aria-label={t('people')} className={styles.offered}>
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the text, as the pattern wants.
        <div
          key={person.id}
          id={`${listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
        >
          <PersonChip person={person} size={30} />
        </div>
      ))}
    </div>
  )
}
