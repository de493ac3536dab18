import { useQuery } from '@tanstack/react-query'
import { Slabs } from '@/components/Slab'
import { PermissionState } from '@/components/states/PermissionState'
import { AutomaticSettings } from '@/features/audiences/AutomaticSettings'
import { automaticQuery } from '@/features/audiences/automatic'
import { Archiving } from '@/features/communities/edit/Archiving'
import { CommunitySettings } from '@/features/communities/edit/CommunitySettings'
import { Pictures } from '@/features/communities/edit/Pictures'
import { texts } from '@/features/communities/i18n'
import { useText } from '@/lib/i18n'
import { useCommunity } from './useCommunity'

/** What its owners change of a community; its pictures, those who run it. */
export function Page() {
  const t = useText(texts)
  const community = useCommunity()
  const automatic = useQuery(automaticQuery(community.id)).data
  const runs = community.abilities.includes('moderate')
  if (!community.abilities.includes('change')) {
    if (runs) return <Pictures community={community} />
    if (automatic?.abilities.includes('set')) return <AutomaticSettings communityId={community.id} />
    return <PermissionState title={t('ownersOnlyTitle')}>{t('ownersOnlyText')}</PermissionState>
  }
  return (
    <Slabs>
      <CommunitySettings community={community} />
      {runs && <Pictures community={community} />}
      <AutomaticSettings communityId={community.id} />
      <Archiving community={community} />
    </Slabs>
  )
}
