import { type Person, PersonChip } from '../person/PersonChip'
import styles from './mention.module.css'

interface OfferedProps {
  label: string
  listId: string
  people: readonly Person[]
  at: number
  onChoose: (person: Person) => void
}

/** Whom a name that is being written may mean. */
export function Offered({ label, listId, people, at, onChoose }: OfferedProps) {
  if (people.length === 0) return null
  return (
    <div id={listId} role="listbox" aria-label={label} className={styles.offered}>
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
