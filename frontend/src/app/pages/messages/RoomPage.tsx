import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { isProblem } from '@/api/problem'
import { useReading } from '@/entities/notification/useReading'
import { Room } from '@/features/chat/components/Room'
import { texts } from '@/features/chat/i18n'
import { nameOf } from '@/features/chat/names'
import { conversationQuery } from '@/features/chat/queries'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { NotFoundPage } from '../../NotFoundPage'
import { paths } from '../../paths'
import { chatAddresses } from './chatAddresses'

/** One conversation, where the address leads in it. */
export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const { conversationId } = useParams({ from: '/inside/messages/$conversationId' })
  const search = useSearch({ from: '/inside/messages/$conversationId' })
  const conversation = useQuery(conversationQuery(conversationId))
  useReading(conversationId, 'conversation', conversation.isSuccess)
  useTitle(conversation.data ? nameOf(conversation.data, t) : t('messages'))
  if (isProblem(conversation.error) && conversation.error.status === 404) return <NotFoundPage />
  return (
    <Room
      key={conversationId}
      conversationId={conversationId}
      search={search}
      onSearch={(next) =>
        void navigate({ to: paths.conversation, params: { conversationId }, search: next, resetScroll: false })
      }
      onGone={() => void navigate({ to: paths.messages })}
      back={paths.messages}
      to={chatAddresses}
    />
  )
}
