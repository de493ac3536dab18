import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { isProblem } from '@/api/problem'
import { IconButton } from '@/components/buttons/IconButton'
import { Slabs } from '@/components/Slab'
import { Tabs } from '@/components/Tabs'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useReading } from '@/entities/notification/useReading'
import { organisationQuery } from '@/entities/organisation/queries'
import { texts as ofAgenda } from '@/features/agenda/i18n'
import { texts as ofChat } from '@/features/chat/i18n'
import { Asking } from '@/features/communities/components/Asking'
import { Beside } from '@/features/communities/components/Beside'
import { CommunityHead } from '@/features/communities/components/CommunityHead'
import { Inviting } from '@/features/communities/components/Inviting'
import { Joining } from '@/features/communities/components/Joining'
import { Notices } from '@/features/communities/components/Notices'
import { Standing } from '@/features/communities/components/Standing'
import { texts } from '@/features/communities/i18n'
import { type Community, communityQuery } from '@/features/communities/queries'
import { texts as moderation } from '@/features/moderation/i18n'
import { waitingQuery } from '@/features/moderation/queries'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { NotFoundPage } from '../../NotFoundPage'
import { communityAddress, paths, personAddress } from '../../paths'
import { searching } from '../../searching'
import { texts as ofShell } from '../../texts'
import pages from '../pages.module.css'
import styles from './communities.module.css'

/** A community: its head over each of its parts, and beside them what it is and who runs it. */
export function CommunityLayout() {
  const t = useText(texts)
  const { communityId } = useParams({ from: '/inside/communities/$communityId' })
  const community = useQuery(communityQuery(communityId))
  useTitle(community.data?.name ?? t('communities'))
  if (isProblem(community.error) && community.error.status === 404) return <NotFoundPage />
  return community.data ? (
    <Present community={community.data} />
  ) : (
    <div className={pages.one}>
      <Loaded query={community}>{() => null}</Loaded>
    </div>
  )
}

function Present({ community }: { community: Community }) {
  const t = useText(texts)
  const ts = useText(ofShell)
  useFocusOnStep(community.role)
  useReading(community.id, 'community', true)
  return (
    <div className={pages.cols}>
      <CommunityHead
        community={community}
        actions={
          <>
            {community.abilities.includes('read') && (
              <IconButton
                icon={IconSearch}
                label={ts('searchIn', { name: community.name })}
                aria-haspopup="dialog"
                onClick={() => searching.open(true)}
              />
            )}
            <Actions community={community} />
          </>
        }
        tabs={<Parts {...community} />}
      />
      <Slabs>
        <Notices community={community} />
        <Outlet />
      </Slabs>
      <aside className={styles.aside} aria-label={t('inShort')}>
        <Beside
          community={community}
          aboutAddress={partAddress(paths.communityAbout, community.id)}
          addressOf={personAddress}
        />
      </aside>
    </div>
  )
}

function Actions({ community }: { community: Community }) {
  const navigate = useNavigate()
  const organisation = useQuery(organisationQuery)
  const { abilities, access, role } = community
  if (abilities.includes('join')) return <Joining community={community} />
  if (abilities.includes('request')) return <Asking community={community} />
  if (role === null) return null
  return (
    <>
      <Standing
        community={community}
        as={role}
        onLeft={async () => {
          if (access === 'secret') await navigate({ to: paths.communities })
        }}
      />
      {abilities.includes('invite') && <Inviting community={community} guests={organisation.data?.guests ?? false} />}
    </>
  )
}

function Parts({ id, people, abilities }: Pick<Community, 'id' | 'people' | 'abilities'>) {
  const t = useText(texts)
  const tm = useText(moderation)
  const ta = useText(ofAgenda)
  const tc = useText(ofChat)
  const td = useText(ofShell)
  const moderates = abilities.includes('manage_people')
  const waiting = useQuery({ ...waitingQuery(id), enabled: moderates }).data?.open
  const badge = waiting ? { badge: waiting } : {}
  const tabs = [
    { label: t('wall'), to: communityAddress(id) },
    ...(abilities.includes('read') ? [{ label: tc('channels'), to: partAddress(paths.communityRooms, id) }] : []),
    ...(abilities.includes('read') ? [{ label: td('documents'), to: partAddress(paths.communityDocuments, id) }] : []),
    ...(abilities.includes('see_people')
      ? [{ label: t('members'), to: partAddress(paths.communityMembers, id), count: people }]
      : []),
    ...(abilities.includes('read') ? [{ label: ta('agenda'), to: partAddress(paths.communityEvents, id) }] : []),
    { label: t('about'), to: partAddress(paths.communityAbout, id) },
    ...(moderates ? [{ label: tm('moderation'), to: partAddress(paths.communityModeration, id), ...badge }] : []),
    ...(abilities.includes('change') || abilities.includes('moderate')
      ? [{ label: t('settings'), to: partAddress(paths.communitySettings, id) }]
      : []),
  ]
  return <Tabs label={t('sections')} tabs={tabs} />
}

const partAddress = (path: string, id: string) => path.replace('$communityId', encodeURIComponent(id))
