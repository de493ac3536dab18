import { IconMessages, IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Chip } from '@/components/Chip'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useJoin } from '../mutations'
import { nameOf } from '../names'
import { channelsQuery } from '../queries'
import type { Conversation } from '../types'
import { ConversationTile } from './ConversationTile'
import { NewChannel } from './NewChannel'
import styles from './panels.module.css'

interface ChannelsProps {
  communityId: string
  mayCreate: boolean
  addressOf: (id: string) => string
  onCreated: (id: string) => void
}

/** The rooms of a community: those that one is in, and those that one may come back to. */
export function Channels({ communityId, mayCreate, addressOf, onCreated }: ChannelsProps) {
  const t = useText(texts)
  const [creating, setCreating] = useState(false)
  const list = useInfiniteQuery(channelsQuery(communityId))
  const create = mayCreate && (
    <Button look="secondary" size="small" icon={IconPlus} onClick={() => setCreating(true)}>
      {t('newChannel')}
    </Button>
  )
  return (
    <>
      <Loaded query={list}>
        {(channels) =>
          channels.length === 0 ? (
            <EmptyState title={t('noChannelTitle')} action={create}>
              {t('noChannelText')}
            </EmptyState>
          ) : (
            <Slab title={t('channels')} aside={create}>
              <ul className={styles.channels}>
                {channels.map((one) => (
                  <Channel key={one.id} channel={one} to={addressOf(one.id)} />
                ))}
              </ul>
            </Slab>
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
      <NewChannel
        open={creating}
        onClose={() => setCreating(false)}
        communityId={communityId}
        onCreated={(id) => {
          setCreating(false)
          onCreated(id)
        }}
      />
    </>
  )
}

function Channel({ channel, to }: { channel: Conversation; to: string }) {
  const t = useText(texts)
  const join = useJoin()
  const { id, about, people, access, archived_at: archived, abilities, unread } = channel
  return (
    <li>
      <ConversationTile conversation={channel} size={44} />
      <div>
        <Link to={to}>{nameOf(channel, t)}</Link>
        <small>{about || t('members', { count: people })}</small>
      </div>
      {access === 'invited' && <Chip look="line">{t('accessInvited')}</Chip>}
      {archived && <Chip look="line">{t('archivedOnes')}</Chip>}
      {unread > 0 && !channel.left && (
        <Chip look="light">
          {unread} {t('unreadWord', { count: unread })}
        </Chip>
      )}
      {abilities.includes('join') ? (
        <Button size="small" look="secondary" busy={join.isPending} onClick={() => join.mutate(id)}>
          {t('join')}
        </Button>
      ) : (
        <ButtonLink
          size="small"
          look="quiet"
          icon={IconMessages}
          to={to}
          aria-label={t('openRoom', { name: nameOf(channel, t) })}
        >
          {t('open')}
        </ButtonLink>
      )}
    </li>
  )
}
