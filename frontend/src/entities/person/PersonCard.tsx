import { IconMapPin } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { components } from '@/api/schema.gen'
import { Chip } from '@/components/Chip'
import { Icon } from '@/components/Icon'
import { Affiliation } from '@/components/people/Affiliation'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import { affiliationLine } from './affiliation'
import styles from './PersonCard.module.css'
import { texts } from './texts'

type Card = components['schemas']['PersonCardOut']

interface PersonCardProps {
  person: Card
  to: string
  /** What may be done about that person, under all the rest. */
  children?: ReactNode
}

/** Somebody in a list, as far as he shows himself. The whole card leads to the profile, through its title's link. */
export function PersonCard({ person, to, children }: PersonCardProps) {
  const t = useText(texts)
  const line = affiliationLine(person, t)
  return (
    <li className={styles.card}>
      {person.mentoring && <span className={styles.mentoring}>{t('mentoring')}</span>}
      <div className={styles.head}>
        <PersonAvatar id={person.id} name={person.name} public={person.public} size={60} photo={person.avatar?.small} />
        <div>
          <h3>
            <Link to={to}>{person.name}</Link>
            {person.pronouns && <small>{person.pronouns}</small>}
          </h3>
          {line && <Affiliation public={person.public}>{line}</Affiliation>}
        </div>
      </div>
      {person.headline && <p className={styles.headline}>{person.headline}</p>}
      {person.city && (
        <p className={styles.place}>
          <Icon as={IconMapPin} size={15} />
          {person.city}
        </p>
      )}
      {person.skills.length > 0 && (
        <p className={styles.skills}>
          {person.skills.map((skill) => (
            <Chip key={skill}>{skill}</Chip>
          ))}
        </p>
      )}
      {children && <div className={styles.acts}>{children}</div>}
    </li>
  )
}
