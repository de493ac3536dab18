import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem } from '@/api/problem'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import type { Audience } from '@/entities/person/audiences'
import { useMember } from '@/entities/session/queries'
import { Hints } from '@/features/profiles/components/Hints'
import { ProfileView } from '@/features/profiles/components/ProfileView'
import { SeenAs } from '@/features/profiles/components/SeenAs'
import { texts as words } from '@/features/profiles/i18n'
import { previewQuery, profileQuery } from '@/features/profiles/queries'
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
  return own ? <OwnProfile id={personId} audience={audience} /> : <ProfileView profile={profile.data} own={false} />
}

function OwnProfile({ id, audience }: { id: string; audience: Audience | undefined }) {
  const t = useText(words)
  const navigate = useNavigate()
  const written = useQuery({ ...profileQuery(id), enabled: audience === undefined })
  const previewed = useQuery({ ...previewQuery(audience ?? 'organisation'), enabled: audience !== undefined })
  const look = (as: Audience | undefined) => navigate({ to: paths.person, params: { personId: id }, search: { as } })
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
