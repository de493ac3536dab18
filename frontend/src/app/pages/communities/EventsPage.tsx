import { CommunityEvents } from '@/features/agenda/components/CommunityEvents'
import { Wall } from '@/features/communities/components/Wall'
import { postAddress } from '../../paths'
import { useCommunity } from './useCommunity'

/** What takes place in a community. */
export function Page() {
  const community = useCommunity()
  return (
    <Wall community={community}>
      <CommunityEvents communityId={community.id} addressOf={postAddress} />
    </Wall>
  )
}
