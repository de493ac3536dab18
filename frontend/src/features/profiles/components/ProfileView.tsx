import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Prose } from '@/components/Prose'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { interestsQuery } from '@/entities/interest/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { linesOf } from '../path'
import { languageName } from '../place'
import type { Profile } from '../queries'
import { ContactCard } from './ContactCard'
import { ProfileHeader } from './ProfileHeader'
import styles from './profile.module.css'
import { Timeline } from './Timeline'

interface ProfileViewProps {
  profile: Profile
  own: boolean
  /** In the header: what the reader may do with this person. */
  actions?: ReactNode
  /** Before all else: what this person offers. */
  offer?: ReactNode
  /** Further lines of the contact card, each an `li`. */
  contact?: ReactNode
  /** Further slabs beside. */
  aside?: ReactNode
  /** When there is nothing to show of one's own. */
  start?: ReactNode
}

/** A member's profile as the reader sees it. */
export function ProfileView({ profile, own, actions, offer, contact, aside, start }: ProfileViewProps) {
  const t = useText(texts)
  const language = useLanguage()
  const lines = linesOf(profile.path, profile.affiliations)
  const { biography, skills, languages, interests, given_name } = profile
  const empty = lines.length + skills.length + languages.length + interests.length === 0 && !biography
  return (
    <div className={styles.page}>
      <ProfileHeader profile={profile} actions={actions} />
      <div className={styles.main}>
        {offer}
        {lines.length > 0 && <Timeline lines={lines} />}
        {skills.length > 0 && <Words title={t('skills')} words={skills} />}
        {biography && (
          <Slab title={t('about')} className={styles.section}>
            <Prose html={biography} />
          </Slab>
        )}
        {languages.length > 0 && (
          <Slab title={t('languages')} className={styles.section}>
            <dl className={styles.languages}>
              {languages.map(({ code, level }) => (
                <div key={code}>
                  <dt>{languageName(code, language)}</dt>
                  <dd>{t(level)}</dd>
                </div>
              ))}
            </dl>
          </Slab>
        )}
        {interests.length > 0 && <Interests keys={interests} />}
        {empty && (
          <Slab>
            <EmptyState title={own ? t('nothingOfYours') : t('nothing', { name: given_name })} action={own && start}>
              {own ? t('nothingOfYoursText') : t('nothingText')}
            </EmptyState>
          </Slab>
        )}
      </div>
      <aside className={styles.aside} aria-label={t('contact')}>
        {aside}
        <ContactCard profile={profile} own={own}>
          {contact}
        </ContactCard>
      </aside>
    </div>
  )
}

function Interests({ keys }: { keys: readonly string[] }) {
  const t = useText(texts)
  const { data } = useQuery(interestsQuery(useLanguage()))
  const names = keys.map((key) => data?.items.find((one) => one.key === key)?.name).filter((name) => name !== undefined)
  return <Words title={t('interests')} words={names} />
}

function Words({ title, words }: { title: string; words: readonly string[] }) {
  return (
    <Slab title={title} className={styles.section}>
      <ul className={styles.words}>
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    </Slab>
  )
}
