import { Wall } from '@/features/communities/components/Wall'
import { PostWall } from '@/features/posts/components/PostWall'
import { personAddress } from '../../paths'
import { useCommunity } from './useCommunity'

/** What is said in a community. */
export function Page() {
  const community = useCommunity()
  return (
    <Wall community={community}>
      <PostWall communityId={community.id} mayPost={community.abilities.includes('post')} addressOf={personAddress} />
    </Wall>
  )
}
