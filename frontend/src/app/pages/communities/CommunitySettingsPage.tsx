import { Slabs } from '@/components/Slab'
import { PermissionState } from '@/components/states/PermissionState'
import { Archiving } from '@/features/communities/edit/Archiving'
import { CommunitySettings } from '@/features/communities/edit/CommunitySettings'
import { texts } from '@/features/communities/i18n'
import { useText } from '@/lib/i18n'
import { useCommunity } from './useCommunity'

/** What its owners change of a community. */
export function Page() {
  const t = useText(texts)
  const community = useCommunity()
  if (!community.abilities.includes('change')) {
    return <PermissionState title={t('ownersOnlyTitle')}>{t('ownersOnlyText')}</PermissionState>
  }
  return (
    <Slabs>
      <CommunitySettings community={community} />
      <Archiving community={community} />
    </Slabs>
  )
}
