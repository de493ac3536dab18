import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem } from '@/api/problem'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import type { Audience } from '@/entities/person/audiences'
import { useMember } from '@/entities/session/queries'
import { WriteTo } from '@/features/chat/components/WriteTo'
import { Hints } from '@/features/profiles/components/Hints'
import { ProfileView } from '@/features/profiles/components/ProfileView'
import { SeenAs } from '@/features/profiles/components/SeenAs'
import { texts as words } from '@/features/profiles/i18n'
import { type Profile, previewQuery, profileQuery } from '@/features/profiles/queries'
import { ContactActions } from '@/features/ties/components/ContactActions'
import { MentoringOffer } from '@/features/ties/components/MentoringOffer'
import { type Ties, tiesQuery } from '@/features/ties/queries'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { NotFoundPage } from '../NotFoundPage'
import { paths } from '../paths'
import { texts } from '../texts'
import styles from './pages.module.css'

/** Somebody's profile; one's own may be looked at as others see it. */
export function Page() {
  const t = useText(texts)
  const { personId } = useParams({ from: '/inside/people/$personId' })
  const { as: audience } = useSearch({ from: '/inside/people/$personId' })
  const own = useMember().id === personId
  const profile = useQuery(profileQuery(personId))
  useTitle(profile.data?.name ?? t('profile'))
  if (isProblem(profile.error) && profile.error.status === 404) return <NotFoundPage />
  if (!profile.data) {
    return (
      <div className={styles.one}>
        <Loaded query={profile}>{() => null}</Loaded>
      </div>
    )
  }
  return own ? <OwnProfile id={personId} audience={audience} /> : <Somebody profile={profile.data} />
}

/** Another's profile, with what ties the reader to that person. */
function Somebody({ profile }: { profile: Profile }) {
  const navigate = useNavigate()
  const ties = useQuery(tiesQuery(profile.id)).data
  return (
    <ProfileView
      profile={profile}
      own={false}
      actions={
        ties && (
          <>
            <WriteTo
              id={profile.id}
              name={profile.given_name}
              onStarted={(conversationId) => void navigate({ to: paths.conversation, params: { conversationId } })}
            />
            <ContactActions
              id={profile.id}
              name={profile.given_name}
              ties={ties}
              onBlocked={() => void navigate({ to: paths.home })}
            />
          </>
        )
      }
      offer={ties && <Mentoring profile={profile} ties={ties} />}
    />
  )
}

function Mentoring({ profile, ties, own = false }: { profile: Profile; ties: Ties; own?: boolean }) {
  const { mentoring } = ties
  if (mentoring === null) return null
  return (
    <MentoringOffer
      id={profile.id}
      givenName={profile.given_name}
      ties={{ ...ties, mentoring }}
      own={own}
      toExchanges={(words) => <Link to={paths.mentoring}>{words}</Link>}
    />
  )
}

function OwnProfile({ id, audience }: { id: string; audience: Audience | undefined }) {
  const t = useText(words)
  const navigate = useNavigate()
  const written = useQuery({ ...profileQuery(id), enabled: audience === undefined })
  const previewed = useQuery({ ...previewQuery(audience ?? 'organisation'), enabled: audience !== undefined })
  const look = (as: Audience | undefined) => navigate({ to: paths.person, params: { personId: id }, search: { as } })
  const ties = useQuery(tiesQuery(id)).data
  const edit = <ButtonLink to={paths.settingsProfile}>{t('edit')}</ButtonLink>
  return (
    <>
      <SeenAs audience={audience} onChange={look} />
      <Loaded query={audience ? previewed : written}>
        {(profile) => (
          <ProfileView
            profile={profile}
            own={audience === undefined}
            actions={audience === undefined && edit}
            offer={audience === undefined && ties && <Mentoring profile={profile} ties={ties} own />}
            aside={
              audience === undefined && (
                <Hints
                  profile={profile}
                  toEditor={
                    <ButtonLink look="secondary" size="small" to={paths.settingsProfile}>
                      {t('complete')}
                    </ButtonLink>
                  }
                />
              )
            }
            start={<ButtonLink to={paths.settingsProfile}>{t('complete')}</ButtonLink>}
          />
        )}
      </Loaded>
    </>
  )
}
