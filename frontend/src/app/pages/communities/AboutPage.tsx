import { Slabs } from '@/components/Slab'
import { AutomaticNote } from '@/features/audiences/AutomaticNote'
import { About } from '@/features/communities/components/About'
import { useCommunity } from './useCommunity'

/** What a community says of itself. */
export function Page() {
  const community = useCommunity()
  return (
    <Slabs>
      <About community={community} />
      <AutomaticNote communityId={community.id} />
    </Slabs>
  )
}
