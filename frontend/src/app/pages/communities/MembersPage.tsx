import { Slabs } from '@/components/Slab'
import { Bans } from '@/features/communities/components/Bans'
import { Members } from '@/features/communities/components/Members'
import { Requests } from '@/features/communities/components/Requests'
import { personAddress } from '../../paths'
import { useCommunity } from './useCommunity'

/** Who is in a community, who asks to be, and who is kept out. */
export function Page() {
  const community = useCommunity()
  return (
    <Slabs>
      {community.abilities.includes('manage_people') && <Requests community={community} addressOf={personAddress} />}
      <Members community={community} addressOf={personAddress} />
      {community.abilities.includes('manage_people') && <Bans community={community} />}
    </Slabs>
  )
}
