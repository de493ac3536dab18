import { IconX } from '@tabler/icons-react'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { nameOf } from '../names'
import type { Conversation } from '../types'
import { About } from './About'
import styles from './chat.module.css'
import { Members } from './Members'
import { MySettings } from './MySettings'
import { Picture } from './Picture'
import { Pins } from './Pins'
import panels from './panels.module.css'
import { SearchRoom } from './SearchRoom'

interface DetailsProps {
  conversation: Conversation
  part: 'details' | 'search'
  here: ReadonlySet<string>
  to: Addresses
  onClose: () => void
  onGo: (number: number) => void
  onDate: (at: string) => void
  /** It is no longer there for the reader. */
  onGone: () => void
}

/** What a conversation is, who is in it, and what one wants of it; or the search in it. */
export function Details({ conversation, part, here, to, onClose, onGo, onDate, onGone }: DetailsProps) {
  const t = useText(texts)
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{t(part === 'details' ? 'detailsShort' : 'searchShort')}</h2>
          <p>
            <span>{nameOf(conversation, t)}</span>
          </p>
        </div>
        <IconButton icon={IconX} label={t('closePanel')} onClick={onClose} data-autofocus />
      </header>
      {part === 'search' ? (
        <SearchRoom conversation={conversation} onGo={onGo} onDate={onDate} />
      ) : (
        <div className={panels.body}>
          <About conversation={conversation} onGone={onGone} to={to} />
          {conversation.abilities.includes('edit') && <Picture conversation={conversation} />}
          <MySettings conversation={conversation} onGone={onGone} />
          <Pins conversationId={conversation.id} onGo={onGo} />
          {conversation.kind !== 'direct' && <Members conversation={conversation} here={here} to={to} />}
        </div>
      )}
    </>
  )
}
