import { Link } from '@tanstack/react-router'
import { Chip } from '@/components/Chip'
import { Affiliation } from '@/components/people/Affiliation'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { shapeOf } from '../kinds'
import { kindNames, roleNames } from '../words.texts'
import { texts } from './i18n'
import styles from './people.module.css'
import type { Person } from './queries'
import { StateChip } from './StateChip'
import { affiliationWords, shownAffiliation } from './words'

export function PeopleTable({ people, addressOf }: { people: readonly Person[]; addressOf: (id: string) => string }) {
  const t = useText(texts)
  return (
    <table className={admin.table} aria-label={t('people')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('address')}</th>
          <th scope="col">{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} address={addressOf(person.id)} />
        ))}
      </tbody>
    </table>
  )
}

function PersonRow({ person, address }: { person: Person; address: string }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const tr = useText(roleNames)
  const affiliation = shownAffiliation(person, shapeOf)
  return (
    <tr className={styles.row}>
      <td>
        <span className={styles.person}>
          <PersonAvatar id={person.id} name={person.name} public={person.public} />
          <span>
            <Link to={address} className={styles.name}>
              {person.name}
            </Link>
            <Affiliation public={affiliation ? shapeOf(affiliation.kind) : null}>
              {affiliation ? affiliationWords(affiliation, tk) : t('noAffiliation')}
            </Affiliation>
          </span>
        </span>
      </td>
      <td className={styles.email}>{person.addresses[0]?.email}</td>
      <td>
        <span className={styles.chips}>
          <StateChip state={person.state} />
          {person.roles.map((role) => (
            <Chip key={role} look="soft">
              {tr(role)}
            </Chip>
          ))}
        </span>
      </td>
    </tr>
  )
}
