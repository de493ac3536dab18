import { IconUsersPlus, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { Icon } from '@/components/Icon'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { readersQuery } from '../queries'
import { texts } from '../rights.texts'
import type { Reference } from '../types'
import styles from './panel.module.css'

/** Who can see it, in names and numbers, and what each may do. */
export function AccessList({ thing, to }: { thing: Reference; to: Addresses }) {
  const t = useText(texts)
  const readers = useQuery(readersQuery(thing))
  return (
    <Loaded query={readers}>
      {({ people, groups, items, next }) => (
        <>
          {people !== null && <p className={styles.meta}>{t('seenBy', { count: people })}</p>}
          <ul className={styles.access}>
            {groups.map(({ kind, community, audience, level, people: many }) => (
              <li key={`${kind} ${community?.id ?? audience?.id ?? ''}`}>
                {community ? (
                  <CommunityTile of={community.id} size={28} />
                ) : (
                  <span className={styles.groupMark}>
                    <Icon as={kind === 'audience' ? IconUsersPlus : IconWorld} size={17} />
                  </span>
                )}
                <span>
                  {community ? (
                    <Link to={to.community(community.id)}>{community.name}</Link>
                  ) : (
                    (audience?.name ?? t(kind === 'organisation' ? 'wholeOrganisation' : 'anAudience'))
                  )}
                  {kind !== 'organisation' && (
                    <small>{many === null ? t('fewerThanFive') : t('people', { count: many })}</small>
                  )}
                </span>
                <span className={styles.level}>{t(level)}</span>
              </li>
            ))}
            {items.map(({ person, level }) => (
              <li key={person.id}>
                <PersonAvatar {...person} size={28} photo={person.avatar?.small} />
                <span>
                  <Link to={to.person(person.id)}>{person.name}</Link>
                </span>
                <span className={styles.level}>{t(level)}</span>
              </li>
            ))}
          </ul>
          {next !== null && <p className={styles.meta}>{t('andOthers')}</p>}
        </>
      )}
    </Loaded>
  )
}
