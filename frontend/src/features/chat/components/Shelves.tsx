import { IconArrowLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { conversationsQuery, type Shelf } from '@/entities/conversation/queries'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useBringBack } from '../mutations'
import { nameOf } from '../names'
import type { Conversation } from '../types'
import { ConversationRow } from './ConversationRow'
import styles from './chat.module.css'

interface ShelvesProps {
  to: Addresses
  isPage: boolean
  onBack: () => void
}

/** What stands in the list no more: closed conversations, and those that one put away or left and may come back to. */
export function Shelves({ to, isPage, onBack }: ShelvesProps) {
  const t = useText(texts)
  const Title = isPage ? 'h1' : 'h2'
  return (
    <section className={styles.list} aria-label={t('shelves')}>
      <div className={styles.listHead}>
        <Title>{t('shelves')}</Title>
        <IconButton icon={IconArrowLeft} label={t('back')} onClick={onBack} data-autofocus />
      </div>
      <OneShelf shelf="archived" to={to} heading={isPage ? 'h2' : 'h3'} />
      <OneShelf shelf="away" to={to} heading={isPage ? 'h2' : 'h3'} />
    </section>
  )
}

interface OneShelfProps {
  shelf: Exclude<Shelf, 'current'>
  to: Addresses
  heading: 'h2' | 'h3'
}

function OneShelf({ shelf, to, heading: Heading }: OneShelfProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(conversationsQuery(shelf))
  const title = t(shelf === 'archived' ? 'archivedOnes' : 'awayOnes')
  return (
    <>
      <Heading className={styles.section}>{title}</Heading>
      <Loaded query={list} lines={2}>
        {(conversations) =>
          conversations.length === 0 ? (
            <p className={styles.none}>{t(shelf === 'archived' ? 'noArchived' : 'noAway')}</p>
          ) : (
            <ul aria-label={title}>
              {conversations.map((one) => (
                <Shelved key={one.id} conversation={one} shelf={shelf} to={to.conversation(one.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}

function Shelved({
  conversation,
  shelf,
  to,
}: Pick<OneShelfProps, 'shelf'> & { conversation: Conversation; to: string }) {
  const t = useText(texts)
  const member = useMember()
  const bring = useBringBack()
  if (shelf === 'archived') return <ConversationRow conversation={conversation} viewerId={member.id} to={to} />
  return (
    <ConversationRow conversation={conversation} viewerId={member.id} to={to}>
      <FormError>{bring.error && messageOf(bring.error)}</FormError>
      <Button
        look="secondary"
        size="small"
        busy={bring.isPending}
        aria-label={t('bringBackOf', { name: nameOf(conversation, t) })}
        onClick={() => bring.mutate(conversation)}
      >
        {t(conversation.left ? 'join' : 'bringBack')}
      </Button>
    </ConversationRow>
  )
}
