import { Chip } from '@/components/Chip'
import { Affiliation } from '@/components/people/Affiliation'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { useTitle } from '@/lib/title'
import { shapeOf } from '../kinds'
import { kindNames, roleNames } from '../words.texts'
import { texts } from './i18n'
import styles from './people.module.css'
import type { Person } from './queries'
import { StateChip } from './StateChip'
import { affiliationWords, shownAffiliation } from './words'

/** The head of a person's page: shape, name, state, roles, and since when. */
export function PersonCard({ person }: { person: Person }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const tr = useText(roleNames)
  const language = useLanguage()
  const affiliation = shownAffiliation(person, shapeOf)
  useTitle(person.name)
  const created = t('createdOn', { date: formatDate(person.created_at, language) })
  const activated = person.activated_at
    ? t('activatedOn', { date: formatDate(person.activated_at, language) })
    : t('neverActivated')
  return (
    <div className={styles.head}>
      <PersonAvatar id={person.id} name={person.name} public={person.public} size={72} />
      <div>
        <h1>{person.name}</h1>
        <Affiliation public={affiliation ? shapeOf(affiliation.kind) : null}>
          {affiliation ? affiliationWords(affiliation, tk) : t('noAffiliation')}
        </Affiliation>
        <p className={styles.facts}>
          {created}, {activated}.
        </p>
        <div className={styles.chips}>
          <StateChip state={person.state} />
          {person.roles.map((role) => (
            <Chip key={role} look="soft">
              {tr(role)}
            </Chip>
          ))}
        </div>
      </div>
    </div>
  )
}
