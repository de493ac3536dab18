import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ComboField } from '@/components/forms/ComboField'
import { Pills } from '@/components/Tabs'
import { audiencesQuery, nameableQuery } from '@/entities/audience/queries'
import { affiliationLine } from '@/entities/person/affiliation'
import { texts as ofPeople } from '@/entities/person/texts'
import { may, useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { peopleQuery } from '../queries'
import { type Given, keyOf } from '../rights'
import { texts } from '../rights.texts'
import styles from './dialogs.module.css'

interface GiveToProps {
  /** To whom something is given already. */
  known: readonly string[]
  onGive: (given: Given) => void
}

/** The directory looks for no less. */
const LETTERS = 3
const FIRST = { level: 'read', from: null, person: null } as const
const kinds = ['person', 'community', 'audience'] as const
type Kind = (typeof kinds)[number]

/** To whom more is given: somebody, all of a community, or the people of a saved audience. */
export function GiveTo({ known, onGive }: GiveToProps) {
  const t = useText(texts)
  const member = useMember()
  const [kind, setKind] = useState<Kind>('person')
  const shown = kinds.filter((one) => one !== 'audience' || may(member, 'announce'))
  const Field = { person: PersonField, community: CommunityField, audience: AudienceField }[kind]
  return (
    <div className={styles.giving}>
      <Pills<Kind>
        label={t('giveTo')}
        options={shown.map((value) => ({ value, label: t(`to_${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      <Field known={known} onGive={onGive} />
    </div>
  )
}

function PersonField({ known, onGive }: GiveToProps) {
  const t = useText(texts)
  const tp = useText(ofPeople)
  const [words, setWords] = useState('')
  const found = useQuery({ ...peopleQuery(words), enabled: words.length >= LETTERS })
  const people = (words.length >= LETTERS ? (found.data ?? []) : [])
    .map((card) => ({ ...card, affiliation: affiliationLine(card, tp) }))
    .filter(({ id }) => !known.includes(keyOf({ kind: 'member', id })))
  return (
    <ComboField
      label={t('addPerson')}
      hint={t('addPersonHint')}
      optional
      value={null}
      choices={people.map(({ id, name, affiliation }) => ({
        id,
        name: affiliation ? `${name}, ${affiliation}` : name,
      }))}
      onWrite={setWords}
      busy={found.isFetching || words.length < LETTERS}
      onChange={(choice) => {
        const person = people.find(({ id }) => id === choice?.id)
        if (person) onGive({ ...FIRST, kind: 'member', id: person.id, name: person.name, person })
      }}
    />
  )
}

function CommunityField({ known, onGive }: GiveToProps) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const found = useQuery(nameableQuery(words))
  const choices = (found.data ?? []).filter(({ id }) => !known.includes(keyOf({ kind: 'community', id })))
  return (
    <ComboField
      label={t('addCommunity')}
      optional
      value={null}
      choices={choices}
      onWrite={setWords}
      busy={found.isFetching}
      onChange={(choice) => choice && onGive({ ...FIRST, kind: 'community', ...choice })}
    />
  )
}

function AudienceField({ known, onGive }: GiveToProps) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const found = useInfiniteQuery(audiencesQuery)
  const choices = (found.data ?? [])
    .filter(
      ({ id, name }) =>
        !known.includes(keyOf({ kind: 'audience', id })) && name.toLowerCase().includes(words.toLowerCase()),
    )
    .map(({ id, name }) => ({ id, name }))
  return (
    <ComboField
      label={t('addAudience')}
      hint={t('addAudienceHint')}
      optional
      value={null}
      choices={choices}
      onWrite={setWords}
      busy={found.isFetching}
      onChange={(choice) => choice && onGive({ ...FIRST, kind: 'audience', ...choice })}
    />
  )
}
