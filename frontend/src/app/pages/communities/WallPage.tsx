import { Wall } from '@/features/communities/components/Wall'
import { PostWall } from '@/features/posts/components/PostWall'
import { postAddresses } from '../postAddresses'
import { useAsked } from '../useAsked'
import { useCommunity } from './useCommunity'

/** What is said in a community. */
export function Page() {
  const community = useCommunity()
  return (
    <Wall community={community}>
      <PostWall
        communityId={community.id}
        name={community.name}
        mayPost={community.abilities.includes('post')}
        mayUpload={community.abilities.includes('upload')}
        asked={useAsked()}
        to={postAddresses}
      />
    </Wall>
  )
}
