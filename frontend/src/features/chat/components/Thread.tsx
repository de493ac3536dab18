import { IconBell, IconBellFilled, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { IconButton } from '@/components/buttons/IconButton'
import { showToast } from '@/components/toast/toasts'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { at, type Log, tail } from '../log'
import { useFollowThread, useMarkThreadRead } from '../mutations'
import { logKey, preferencesQuery, rootQuery } from '../queries'
import { namesOf, useOutbox } from '../sending'
import type { Conversation, Message } from '../types'
import { useLog } from '../useLog'
import { useWriting } from '../useWriting'
import type { Question } from './Asked'
import { Composer, type ComposerHandle } from './Composer'
import styles from './chat.module.css'
import logs from './log.module.css'
import { MessageLog } from './MessageLog'
import { MessageRow } from './MessageRow'
import type { MessageActs } from './useMessageActions'

interface ThreadProps {
  conversation: Conversation
  /** Of the message that it is below. */
  number: number
  title: string
  to: Addresses
  onClose: () => void
  onGo: (number: number) => void
  onAsk: (question: Question) => void
}

/** What was said below one message, and where one replies. */
export function Thread({ conversation, number, title, onClose, ...props }: ThreadProps) {
  const t = useText(texts)
  const root = useRoot(conversation.id, number)
  return (
    <>
      <header className={styles.head}>
        <div className={styles.title}>
          <h2>{t('thread')}</h2>
          <p>
            <span>{title}</span>
          </p>
        </div>
        {root.data?.thread && <Follow root={root.data} />}
        <IconButton icon={IconX} label={t('closeThread')} onClick={onClose} data-autofocus />
      </header>
      <Loaded query={root}>
        {(found) =>
          found ? (
            <Replies key={found.id} {...props} conversation={conversation} root={found} />
          ) : (
            <p className={styles.none}>{t('threadGone')}</p>
          )
        }
      </Loaded>
    </>
  )
}

/** Whether one is told of what is said here. */
function Follow({ root }: { root: Message }) {
  const t = useText(texts)
  const follow = useFollowThread(root)
  const follows = root.thread?.follows ?? false
  return (
    <IconButton
      icon={follows ? IconBellFilled : IconBell}
      label={t('followThread')}
      aria-pressed={follows}
      onClick={() =>
        follow.mutate(!follows, {
          onSuccess: () => showToast({ text: t(follows ? 'followsNoMore' : 'followsNow') }),
          onError: (error) => showToast({ text: messageOf(error) }),
        })
      }
    />
  )
}

/** The message as the room holds it, and else as it is read for this. */
function useRoot(conversationId: string, number: number) {
  const main = useQuery<Log>({
    queryKey: logKey({ conversationId, rootId: null }),
    enabled: false,
  })
  const held = main.data && at(main.data, number)
  const read = useQuery({
    ...rootQuery(conversationId, number),
    enabled: held === undefined && main.data !== undefined,
  })
  return held ? { ...read, data: held, error: null } : read
}

type RepliesProps = Omit<ThreadProps, 'number' | 'title' | 'onClose'> & { root: Message }

function Replies({ conversation, root, to, onGo, onAsk }: RepliesProps) {
  const t = useText(texts)
  const member = useMember()
  const flow = { conversationId: conversation.id, rootId: root.id }
  const log = useLog(flow, {}, { at: 'end' })
  const outbox = useOutbox(member.id, flow)
  const writing = useWriting(flow, null)
  const attachments = useAttachments()
  const [quoting, setQuoting] = useState<Message>()
  const [editing, setEditing] = useState<number>()
  const composer = useRef<ComposerHandle>(null)
  const enterSends = useQuery(preferencesQuery).data?.enter_sends ?? true
  const read = useMarkThreadRead(root)
  const end = log.log && tail(log.log)
  const mayReply = root.abilities.includes('reply')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each reply that is shown.
  useEffect(() => {
    if (end !== undefined && end > (root.thread?.read_number ?? 0)) read.mutate(end)
  }, [end])
  useEffect(() => {
    if (!window.matchMedia('(pointer: coarse)').matches) requestAnimationFrame(() => composer.current?.focus())
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what they call is the same for as long as the thread is.
  const acts: MessageActs = useMemo(
    () => ({
      quote: (message) => {
        setQuoting(message)
        composer.current?.focus()
      },
      edit: (message) => setEditing(message.number),
      ask: (what, message) => onAsk({ what, message }),
      address: () => `${window.location.origin}${to.conversation(conversation.id)}?m=${root.number}&fil=${root.number}`,
    }),
    [conversation.id, root.number],
  )
  const editLast = () => {
    const mine = log.log?.items.findLast((one) => one.author?.id === member.id && one.abilities.includes('edit'))
    if (mine) setEditing(mine.number)
  }
  const count = root.thread?.replies ?? 0
  const beginning = (
    <div className={logs.small}>
      <MessageRow
        message={root}
        continues={false}
        viewerId={member.id}
        avatar={34}
        pointed={false}
        active={false}
        editing={false}
        reached={false}
        personAddress={to.person}
        acts={acts}
        onPoint={ignore}
        onFocus={ignore}
        onEdited={ignore}
        onGo={onGo}
      />
      <p className={logs.replies}>{count > 0 ? t('replies', { count }) : t('noReply')}</p>
    </div>
  )
  return (
    <>
      <Loaded query={log.query}>
        {(held) => (
          <MessageLog
            label={t('threadReplies')}
            log={held}
            opening={log.opening}
            pending={outbox.pending}
            member={member}
            avatar={34}
            editing={editing}
            personAddress={to.person}
            acts={acts}
            beginning={beginning}
            onGrow={(way) => void log.grow(way)}
            onGo={ignore}
            onEnd={() => void log.goToEnd()}
            onSeen={ignore}
            onEdited={() => {
              setEditing(undefined)
              composer.current?.focus()
            }}
            onRetry={outbox.retry}
            onTakeBack={(pending) => {
              outbox.drop(pending.clientId)
              writing.write(pending.draft.text ?? '', {})
            }}
          />
        )}
      </Loaded>
      {mayReply ? (
        <Composer
          ref={composer}
          conversationId={conversation.id}
          label={t('replyLabel')}
          placeholder={t('reply')}
          writing={writing}
          attachments={attachments}
          quoting={quoting}
          small
          enterSends={enterSends}
          viewerId={member.id}
          onSend={(text, attached) => {
            void outbox.send({ text, quote_id: quoting?.id ?? null, ...attached }, namesOf(attached))
            setQuoting(undefined)
            void log.goToEnd()
          }}
          onDropQuote={() => setQuoting(undefined)}
          onTyping={ignore}
          onEditLast={editLast}
        />
      ) : (
        <span />
      )}
    </>
  )
}

const ignore = () => {}
