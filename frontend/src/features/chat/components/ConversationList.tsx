import { IconArchive, IconEdit, IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { LoadMore } from '@/components/LoadMore'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { conversationsQuery } from '@/entities/conversation/queries'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { ordered } from '../list'
import { nameOf } from '../names'
import type { Conversation } from '../types'
import { ConversationRow } from './ConversationRow'
import styles from './chat.module.css'
import { Shelves } from './Shelves'

interface ConversationListProps {
  to: Addresses
  /** Whether its title is the page's: no conversation is open beside it. */
  isPage: boolean
  onNew: () => void
}

/** One's conversations: rooms, then people and groups, the last active first; found by a word. */
export function ConversationList({ to, isPage, onNew }: ConversationListProps) {
  const t = useText(texts)
  const member = useMember()
  const [words, setWords] = useState('')
  const list = useInfiniteQuery(conversationsQuery())
  const [shelved, setShelved] = useState(false)
  const Title = isPage ? 'h1' : 'h2'
  if (shelved) return <Shelves to={to} isPage={isPage} onBack={() => setShelved(false)} />
  return (
    <section className={styles.list} aria-label={t('messages')}>
      <div className={styles.listHead}>
        <Title>{t('messages')}</Title>
        <IconButton icon={IconEdit} label={t('newConversation')} onClick={onNew} />
      </div>
      <label className={styles.find}>
        <Icon as={IconSearch} />
        <VisuallyHidden>{t('find')}</VisuallyHidden>
        <input
          type="search"
          value={words}
          placeholder={t('findShort')}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <Loaded query={list} lines={6}>
        {(conversations) => (
          <Sections
            conversations={conversations}
            words={words}
            viewerId={member.id}
            to={to}
            heading={isPage ? 'h2' : 'h3'}
          />
        )}
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
      <div className={styles.shelves}>
        <Button look="quiet" size="small" icon={IconArchive} onClick={() => setShelved(true)}>
          {t('shelves')}
        </Button>
      </div>
    </section>
  )
}

interface SectionsProps {
  conversations: readonly Conversation[]
  words: string
  viewerId: string
  to: Addresses
  heading: 'h2' | 'h3'
}

function Sections({ conversations, words, viewerId, to, heading: Heading }: SectionsProps) {
  const t = useText(texts)
  const { rooms, people } = useMemo(
    () => ordered(conversations, words, (one) => nameOf(one, t)),
    [conversations, words, t],
  )
  if (rooms.length === 0 && people.length === 0) {
    return <p className={styles.none}>{t(words ? 'noMatch' : 'noConversationText')}</p>
  }
  const section = (title: string, among: readonly Conversation[]) =>
    among.length > 0 && (
      <>
        <Heading className={styles.section}>{title}</Heading>
        <ul aria-label={title}>
          {among.map((one) => (
            <ConversationRow key={one.id} conversation={one} viewerId={viewerId} to={to.conversation(one.id)} />
          ))}
        </ul>
      </>
    )
  return (
    <>
      {section(t('rooms'), rooms)}
      {section(t('people'), people)}
    </>
  )
}
