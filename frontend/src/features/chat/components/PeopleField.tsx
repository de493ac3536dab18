import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IconButton } from '@/components/buttons/IconButton'
import { ComboField } from '@/components/forms/ComboField'
import { affiliationLine } from '@/entities/person/affiliation'
import { PersonChip } from '@/entities/person/PersonChip'
import { texts as ofPeople } from '@/entities/person/texts'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { peopleQuery } from '../queries'
import type { Person } from '../types'
import styles from './panels.module.css'

interface PeopleFieldProps {
  label: string
  chosen: readonly Person[]
  onChange: (people: readonly Person[]) => void
  /** One at most. */
  single?: boolean
  error?: string | undefined
}

/** People, found by their names in the directory. */
export function PeopleField({ label, chosen, onChange, single = false, error }: PeopleFieldProps) {
  const t = useText(texts)
  const tp = useText(ofPeople)
  const member = useMember()
  const [words, setWords] = useState('')
  const found = useQuery({ ...peopleQuery(words), enabled: words.length > 1 })
  const people = (words.length > 1 ? (found.data ?? []) : [])
    .filter(({ id }) => id !== member.id && !chosen.some((one) => one.id === id))
    .map((card): Person => ({ ...card, affiliation: affiliationLine(card, tp) }))
  const nameOf = ({ name, affiliation }: Person) => (affiliation ? `${name}, ${affiliation}` : name)
  return (
    <>
      <ComboField
        label={label}
        hint={t('whomHint')}
        error={error}
        value={null}
        choices={people.map((person) => ({ id: person.id, name: nameOf(person) }))}
        onWrite={setWords}
        busy={found.isFetching || words.length < 2}
        onChange={(choice) => {
          const person = people.find(({ id }) => id === choice?.id)
          if (person) onChange(single ? [person] : [...chosen, person])
        }}
      />
      {chosen.length > 0 && (
        <ul className={styles.chosen}>
          {chosen.map((person) => (
            <li key={person.id}>
              <PersonChip person={person} size={26} />
              <IconButton
                icon={IconX}
                label={t('removePerson', { name: person.name })}
                onClick={() => onChange(chosen.filter(({ id }) => id !== person.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
