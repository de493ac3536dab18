import { Slabs } from '@/components/Slab'
import { Members } from '@/features/communities/components/Members'
import { Requests } from '@/features/communities/components/Requests'
import { personAddress } from '../../paths'
import { useCommunity } from './useCommunity'

/** Who is in a community, and who asks to be. */
export function Page() {
  const community = useCommunity()
  return (
    <Slabs>
      {community.abilities.includes('manage_people') && <Requests community={community} addressOf={personAddress} />}
      <Members community={community} addressOf={personAddress} />
    </Slabs>
  )
}
