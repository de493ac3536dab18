import { IconBellOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Count } from '@/components/Count'
import { Icon } from '@/components/Icon'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { formatBrief, formatDate, formatTime } from '@/lib/dates'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { nameOf, toldOf } from '../names'
import type { Conversation } from '../types'
import { ConversationTile } from './ConversationTile'
import styles from './chat.module.css'

interface ConversationRowProps {
  conversation: Conversation
  viewerId: string
  to: string
  /** What may be done with it. */
  children?: ReactNode
}

/** One conversation of the list: who or what, when, what was said last, how much is unread. */
export function ConversationRow({ conversation, viewerId, to, children }: ConversationRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { last, last_at: at, unread, muted_until: muted, level } = conversation
  const isQuiet = muted !== null || level === 'nothing'
  return (
    <li>
      <Link to={to} className={styles.row} activeOptions={{ includeSearch: false }}>
        <ConversationTile conversation={conversation} />
        <span>
          <span className={styles.line}>
            <b>{nameOf(conversation, t)}</b>
            {last && (
              <time dateTime={at} title={`${formatDate(at, language)}, ${formatTime(at, language)}`}>
                {formatBrief(at, language)}
              </time>
            )}
          </span>
          <span className={styles.line}>
            <span className={styles.start} data-unread={unread > 0 || undefined}>
              {startOf(conversation, viewerId, t)}
            </span>
            {isQuiet && (
              <span className={styles.quietly}>
                <Icon as={IconBellOff} size={17} />
                <VisuallyHidden>{t('muted')}</VisuallyHidden>
              </span>
            )}
            {unread > 0 && <Count of={t('unreadWord', { count: unread })}>{formatNumber(unread, language)}</Count>}
          </span>
        </span>
      </Link>
      {children && <div className={styles.rowActs}>{children}</div>}
    </li>
  )
}

/** What a conversation ends with: a draft, or what was said last and by whom. */
function startOf(
  { draft, last, kind }: Conversation,
  viewerId: string,
  t: ReturnType<typeof useText<(typeof texts)['fr']>>,
) {
  if (draft !== null) return t('draft', { text: draft })
  if (last === null) return ''
  if (last.gone) return t('goneStart')
  const said =
    last.kind === 'said' ? last.text_start || t('sentFile') : toldOf({ ...last, about: [], text: last.text_start }, t)
  if (last.kind !== 'said') return said
  if (last.author?.id === viewerId) return t('lastOf', { name: t('you'), text: said })
  if (kind === 'direct') return said
  return t('lastOf', { name: last.author?.name.split(' ')[0] ?? t('somebody'), text: said })
}
