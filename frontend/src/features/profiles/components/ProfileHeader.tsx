import { IconMapPin } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Chip } from '@/components/Chip'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { placeWords, useTimeThere } from '../place'
import type { Profile, ShownAffiliation } from '../queries'
import { AffiliationChip } from './AffiliationChip'
import { Cover } from './Cover'
import styles from './profile.module.css'

/** Who it is: shape, picture, name, a sentence, what he is to the university and where he lives. */
export function ProfileHeader({ profile, actions }: { profile: Profile; actions?: ReactNode }) {
  const t = useText(texts)
  const { id, name, pronouns, headline, affiliations, place, avatar } = profile
  return (
    <header className={styles.head}>
      <Cover id={id} public={profile.public} />
      <div className={styles.identity}>
        <div className={styles.picture} data-public={profile.public ?? 'guest'}>
          <PersonAvatar id={id} name={name} public={profile.public} size={136} photo={avatar?.large} />
        </div>
        <div className={styles.name}>
          <h1>
            {name}
            {pronouns && (
              <>
                {' '}
                <span className={styles.pronouns}>{pronouns}</span>
              </>
            )}
          </h1>
          {headline && <p className={styles.headline}>{headline}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
        <ul className={styles.chips}>
          {present(affiliations).map((affiliation) => (
            <li key={affiliation.public}>
              <AffiliationChip affiliation={affiliation} public={affiliation.public} />
            </li>
          ))}
          {place && <PlaceChip place={place} />}
        </ul>
      </div>
      <nav className={styles.tabs} aria-label={t('sections')}>
        <Link to="." aria-current="page">
          {t('presentation')}
        </Link>
      </nav>
    </header>
  )
}

function PlaceChip({ place }: { place: NonNullable<Profile['place']> }) {
  const language = useLanguage()
  const time = useTimeThere(place, language)
  return (
    <li>
      <Chip look="line" icon={IconMapPin}>
        {time ? `${place.city || placeWords(place, language)}, ${time}` : placeWords(place, language)}
      </Chip>
    </li>
  )
}

type Present = ShownAffiliation & { public: NonNullable<ShownAffiliation['public']> }

/** The latest of each public that holds today. */
function present(affiliations: readonly ShownAffiliation[]): Present[] {
  const held = affiliations.filter((one): one is Present => one.current && one.public !== null)
  return held.filter((one, index) => held.findIndex((other) => other.public === one.public) === index)
}
