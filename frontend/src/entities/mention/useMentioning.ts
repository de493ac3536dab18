import { type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { Person } from '../person/PersonChip'
import { type NamedPeople, nameBefore, withName } from './mentions'

interface MentioningOptions<Key extends readonly unknown[]> {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  people: NamedPeople
  onChange: (text: string, people: NamedPeople) => void
  /** Whom these words may mean. */
  suggestions: (words: string) => UseQueryOptions<Person[], Error, Person[], Key>
  /** Whether anybody may be named here. */
  enabled: boolean
}

/** In a text, `@` and the beginning of a name offer people; the keyboard stays in the text. */
export function useMentioning<Key extends readonly unknown[]>({
  field,
  text,
  people,
  onChange,
  suggestions,
  enabled,
}: MentioningOptions<Key>) {
  const listId = useId()
  const [begun, setBegun] = useState<string>()
  const [at, setAt] = useState(0)
  const asked = begun !== undefined && begun.length > 1 ? begun : undefined
  const found = useQuery({ ...suggestions(asked ?? ''), enabled: enabled && asked !== undefined }).data
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
  /** Whether the key was for the list. */
  const press = (event: KeyboardEvent): boolean => {
    const person = offered[at]
    if (!person) return false
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1
      setAt((at + by + offered.length) % offered.length)
    } else if (event.key === 'Enter' || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setBegun(undefined)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return {
    look,
    press,
    close: () => setBegun(undefined),
    /** For the text area. */
    area: {
      'aria-autocomplete': 'list',
      'aria-controls': offered.length > 0 ? listId : undefined,
      'aria-activedescendant': offered.length > 0 ? `${listId}-${at}` : undefined,
    } as const,
    /** For the list. */
    list: { listId, people: offered, at, onChoose: choose },
  }
}
