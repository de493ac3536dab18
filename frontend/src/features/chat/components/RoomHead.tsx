import { IconArrowLeft, IconLayoutSidebarRight, IconPhone, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import buttons from '@/components/buttons/buttons.module.css'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { MixBar } from '@/components/people/MixBar'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { nameOf } from '../names'
import type { Conversation } from '../types'
import { ConversationTile } from './ConversationTile'
import styles from './chat.module.css'

interface RoomHeadProps {
  conversation: Conversation
  /** How many others look at it now. */
  here: number
  back: string
  to: Addresses
  onSearch: () => void
  onDetails: () => void
}

/** What the room is, how many are in it, and the ways to search it, to meet and to its details. */
export function RoomHead({ conversation, here, back, to, onSearch, onDetails }: RoomHeadProps) {
  const t = useText(texts)
  const { kind, people, mix, others, meeting_url: meeting } = conversation
  const other = kind === 'direct' ? others[0] : undefined
  const publics = Object.values(mix).some((count) => count > 0)
  return (
    <header className={styles.head}>
      <Link to={back} className={`${buttons.iconButton} ${styles.back}`} aria-label={t('back')}>
        <Icon as={IconArrowLeft} />
      </Link>
      <ConversationTile conversation={conversation} size={42} presence={other && here > 0 ? 'online' : undefined} />
      <div className={styles.title}>
        <h1>{nameOf(conversation, t)}</h1>
        <p>
          {other ? (
            <>
              <Link to={to.person(other.id)}>{other.affiliation ?? t('profile')}</Link>
              {here > 0 && <span>{t('hereNow')}</span>}
            </>
          ) : (
            <span>
              {t('members', { count: people })}
              {here > 0 && `, ${t('here', { count: here })}`}
            </span>
          )}
          {publics && (
            <span className={styles.mix}>
              <MixBar counts={mix} />
            </span>
          )}
        </p>
      </div>
      <IconButton icon={IconSearch} label={t('searchHere')} className={styles.wide} onClick={onSearch} />
      {meeting && (
        <a
          href={meeting}
          target="_blank"
          rel="noreferrer"
          className={buttons.iconButton}
          aria-label={t('meeting')}
          title={t('meeting')}
        >
          <Icon as={IconPhone} />
        </a>
      )}
      <IconButton icon={IconLayoutSidebarRight} label={t('details')} onClick={onDetails} />
    </header>
  )
}
