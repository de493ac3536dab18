import { Link } from '@tanstack/react-router'
import type { components } from '@/api/schema.gen'
import { Affiliation } from '@/components/people/Affiliation'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { publicNames } from '@/components/people/publics'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import styles from './person.module.css'
import { texts } from './texts'

/** What is known of somebody wherever he is named. */
export type Person = Pick<components['schemas']['ProfileOut'], 'id' | 'name' | 'public' | 'avatar'> & {
  affiliation: string | null
}

interface PersonChipProps {
  person: Person
  /** The profile's address; without one the name is words alone. */
  to?: string
  /** Pixels of the avatar. */
  size?: number
  /** Whether to say that he is connected now. */
  online?: boolean
}

/** Somebody at a glance: picture, name, shape and affiliation, as far as he shows them to the reader. */
export function PersonChip({ person, to, size = 40, online = false }: PersonChipProps) {
  const t = useText(publicNames)
  const said = useText(texts)
  const words = person.affiliation ?? (person.public && t(person.public))
  return (
    <span className={styles.person}>
      <PersonAvatar
        id={person.id}
        name={person.name}
        public={person.public}
        size={size}
        photo={size > 64 ? person.avatar?.large : person.avatar?.small}
        presence={online ? 'online' : undefined}
      />
      <span>
        {to === undefined ? <b>{person.name}</b> : <Link to={to}>{person.name}</Link>}
        {online && <VisuallyHidden> {said('online')}</VisuallyHidden>}
        {words && <Affiliation public={person.public}>{words}</Affiliation>}
      </span>
    </span>
  )
}
