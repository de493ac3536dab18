import { IconHash, IconUsers } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import type { Conversation } from '../types'
import styles from './chat.module.css'

interface ConversationTileProps {
  conversation: Pick<Conversation, 'id' | 'kind' | 'others' | 'picture_url'>
  size?: number
  presence?: 'online' | undefined
}

/** A conversation at a glance: its picture, the person it is with, the paving of a channel. */
export function ConversationTile({ conversation, size = 40, presence }: ConversationTileProps) {
  const { id, kind, others, picture_url: picture } = conversation
  const other = others[0]
  if (kind === 'direct' && other) {
    const { avatar, ...person } = other
    return <PersonAvatar {...person} size={size} photo={avatar?.small} presence={presence} />
  }
  if (picture !== null || kind === 'channel') return <CommunityTile of={id} picture={picture} size={size} />
  return (
    <span className={styles.groupTile} style={{ '--s': `${size}px` }}>
      <Icon as={kind === 'direct' ? IconHash : IconUsers} />
    </span>
  )
}
