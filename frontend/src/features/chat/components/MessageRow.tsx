import { IconArrowForwardUp, IconBookmarkFilled, IconPinFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, type PointerEvent, useRef, useState } from 'react'
import { Icon } from '@/components/Icon'
import { Affiliation } from '@/components/people/Affiliation'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { FileList } from '@/entities/attachment/FileList'
import { Gallery } from '@/entities/attachment/Gallery'
import { LinkCards } from '@/entities/attachment/LinkCards'
import { Referred } from '@/entities/attachment/Referred'
import { HiddenNote } from '@/entities/report/HiddenNote'
import { formatDate, formatTime } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Message } from '../types'
import { EditingMessage } from './EditingMessage'
import styles from './log.module.css'
import { MessageReactions } from './MessageReactions'
import { MessageText } from './MessageText'
import { MessageSheet, MessageTools } from './MessageTools'
import { Quoted } from './Quoted'
import { ThreadLine } from './ThreadLine'
import type { MessageActs } from './useMessageActions'

export interface MessageRowProps {
  message: Message
  continues: boolean
  viewerId: string
  /** Pixels of the avatar: smaller in a thread. */
  avatar: number
  presence?: 'online' | undefined
  /** The address leads here. */
  pointed: boolean
  /** Its toolbar is shown: it is pointed at, or has the focus. */
  active: boolean
  editing: boolean
  /** Reached by the tabulator: one message of the log is. */
  reached: boolean
  personAddress: (id: string) => string
  acts: MessageActs
  onPoint: (number: number) => void
  onFocus: (number: number) => void
  onEdited: () => void
  onGo: (number: number) => void
}

const LONG = 500
/** Pixels of the avatar beside which there is room for what somebody does. */
const WIDE = 40

/** One message: who, when, what; how people reacted; what was said below it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, continues, viewerId, avatar, presence, pointed, active, editing, reached, acts } = props
  const t = useText(texts)
  const language = useLanguage()
  const [menuOpen, setMenuOpen] = useState(false)
  const [sheetOpen, setSheetOpen] = useState(false)
  const press = useLongPress(() => !message.gone && setSheetOpen(true))
  const { author, number, gone } = message
  const mine = author?.id === viewerId
  const name = mine ? t('you') : (author?.name ?? t('somebody'))
  const time = formatTime(message.created_at, language)
  const label = mine ? t('yourMessage', { time }) : t('messageOf', { name, time })
  return (
    <article
      className={styles.message}
      tabIndex={reached ? 0 : -1}
      aria-label={label}
      data-number={number}
      data-continues={continues || undefined}
      data-pointed={pointed || undefined}
      data-active={active || menuOpen || undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.onPoint(number)}
      onFocus={() => props.onFocus(number)}
      {...press}
    >
      {continues ? (
        <time className={styles.clock} dateTime={message.created_at}>
          {time}
        </time>
      ) : (
        <PersonAvatar
          id={author?.id ?? message.id}
          name={author?.name ?? '?'}
          public={author?.public ?? null}
          photo={author?.avatar?.small}
          size={avatar}
          presence={presence}
        />
      )}
      <div>
        {!continues && (
          <p className={styles.by}>
            {mine || !author ? <b>{name}</b> : <Link to={props.personAddress(author.id)}>{name}</Link>}
            {!mine && avatar >= WIDE && author?.affiliation && (
              <Affiliation public={author.public}>{author.affiliation}</Affiliation>
            )}
            <time dateTime={message.created_at} title={`${formatDate(message.created_at, language)}, ${time}`}>
              {time}
            </time>
            <Marks message={message} />
          </p>
        )}
        {gone ? (
          <p className={styles.gone}>{t(message.hidden ? 'hidden' : 'deleted')}</p>
        ) : editing ? (
          <EditingMessage message={message} onDone={props.onEdited} />
        ) : (
          <>
            {message.hidden && <HiddenNote />}
            {message.forwarded && <Forwarded message={message} />}
            {message.quote && <Quoted quote={message.quote} viewerId={viewerId} onGo={props.onGo} />}
            {message.html && <MessageText html={message.html} viewerId={viewerId} />}
            <div className={styles.attached}>
              <Gallery images={message.images} />
              <FileList files={message.files} />
              <Referred documents={message.documents} />
              <LinkCards links={message.links} />
            </div>
            {continues && <Marks message={message} />}
            <MessageReactions message={message} />
          </>
        )}
        {message.thread && acts.openThread && <ThreadLine message={message} onOpen={acts.openThread} />}
      </div>
      {(active || menuOpen) && !gone && !editing && <MessageTools message={message} acts={acts} onOpen={setMenuOpen} />}
      {sheetOpen && <MessageSheet message={message} acts={acts} onClose={() => setSheetOpen(false)} />}
    </article>
  )
})

/** That it was changed, pinned, kept. */
function Marks({ message }: { message: Message }) {
  const t = useText(texts)
  return (
    <>
      {message.edited_at && <small>{t('edited')}</small>}
      {message.pinned && (
        <small className={styles.marks}>
          <Icon as={IconPinFilled} size={14} />
          {t('pinned')}
        </small>
      )}
      {message.bookmarked && (
        <small className={styles.marks}>
          <Icon as={IconBookmarkFilled} size={14} />
          <VisuallyHidden>{t('kept')}</VisuallyHidden>
        </small>
      )}
    </>
  )
}

function Forwarded({ message: { forwarded } }: { message: Message }) {
  const t = useText(texts)
  return (
    <small className={styles.marks}>
      <Icon as={IconArrowForwardUp} size={15} />
      {forwarded?.author ? t('forwardedFrom', { name: forwarded.author.name }) : t('forwardedPlain')}
    </small>
  )
}

/** For fingers: held long enough without moving. */
function useLongPress(onPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stop = () => clearTimeout(timer.current)
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') timer.current = setTimeout(onPress, LONG)
    },
    onPointerUp: stop,
    onPointerMove: (event: PointerEvent) => {
      if (Math.abs(event.movementX) + Math.abs(event.movementY) > 4) stop()
    },
    onPointerCancel: stop,
    onPointerLeave: stop,
  }
}
