import { useNavigate } from '@tanstack/react-router'
import { Channels } from '@/features/chat/components/Channels'
import { Wall } from '@/features/communities/components/Wall'
import { conversationAddress, paths } from '../../paths'
import { useCommunity } from './useCommunity'

/** Where a community talks. */
export function Page() {
  const community = useCommunity()
  const navigate = useNavigate()
  return (
    <Wall community={community}>
      <Channels
        communityId={community.id}
        mayCreate={community.abilities.includes('moderate')}
        addressOf={conversationAddress}
        onCreated={(conversationId) => void navigate({ to: paths.conversation, params: { conversationId } })}
      />
    </Wall>
  )
}
