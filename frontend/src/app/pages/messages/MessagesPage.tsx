import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { Messages } from '@/features/chat/components/Messages'
import { paths } from '../../paths'
import { chatAddresses } from './chatAddresses'

/** One's conversations, and the one that is open. */
export function Page() {
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  return (
    <Messages
      openId={conversationId}
      to={chatAddresses}
      onOpen={(id) => void navigate({ to: paths.conversation, params: { conversationId: id } })}
    >
      <Outlet />
    </Messages>
  )
}
