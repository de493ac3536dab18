import {
  IconArrowForwardUp,
  IconBookmark,
  IconBookmarkFilled,
  IconCopy,
  IconFlag,
  IconHistory,
  IconLink,
  IconLinkOff,
  IconMailOpened,
  IconMessageReply,
  IconPencil,
  IconPin,
  IconQuote,
  IconTrash,
} from '@tabler/icons-react'
import type { MenuItem } from '@/components/overlays/Menu'
import { showToast } from '@/components/toast/toasts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useKeepMessage, useMarkRead, usePinMessage, useTakeOffLinks } from '../mutations'
import type { Message } from '../types'
import type { Question } from './Asked'

/** What the room does for a message: it holds the composer, the thread and the dialogs. */
export interface MessageActs {
  /** Absent in a thread: a reply has no thread of its own. */
  openThread?: ((message: Message) => void) | undefined
  quote: (message: Message) => void
  edit: (message: Message) => void
  ask: (what: Question['what'], message: Message) => void
  address: (message: Message) => string
}

/** What may be done with a message: at hand, and behind « Plus ». */
export function useMessageActions(message: Message, acts: MessageActs) {
  const t = useText(texts)
  const keep = useKeepMessage()
  const pin = usePinMessage()
  const takeOff = useTakeOffLinks()
  const read = useMarkRead(message.conversation_id)
  const may = (ability: Message['abilities'][number]) => message.abilities.includes(ability)
  const { openThread } = acts
  const atHand: MenuItem[] = []
  if (openThread && (may('reply') || message.thread))
    atHand.push({ label: t('replyInThread'), icon: IconMessageReply, onSelect: () => openThread(message) })
  if (may('bookmark'))
    atHand.push({
      label: t(message.bookmarked ? 'unkeep' : 'keep'),
      icon: message.bookmarked ? IconBookmarkFilled : IconBookmark,
      onSelect: () => keep.mutate({ message, kept: !message.bookmarked }),
    })
  const more: MenuItem[] = []
  if (may('quote')) more.push({ label: t('quote'), icon: IconQuote, onSelect: () => acts.quote(message) })
  if (may('edit')) more.push({ label: t('edit'), icon: IconPencil, onSelect: () => acts.edit(message) })
  if (may('pin'))
    more.push({
      label: t(message.pinned ? 'unpin' : 'pin'),
      icon: IconPin,
      onSelect: () => pin.mutate({ message, pinned: !message.pinned }),
    })
  if (may('forward'))
    more.push({ label: t('forward'), icon: IconArrowForwardUp, onSelect: () => acts.ask('forward', message) })
  more.push({ label: t('copyLink'), icon: IconLink, onSelect: () => void copy(acts.address(message), t('linkCopied')) })
  if (message.text !== '')
    more.push({ label: t('copyText'), icon: IconCopy, onSelect: () => void copy(message.text, t('textCopied')) })
  if (openThread && message.number > 0)
    more.push({ label: t('markUnread'), icon: IconMailOpened, onSelect: () => read.mutate(message.number - 1) })
  if (may('take_off_links'))
    more.push({ label: t('takeOffLinks'), icon: IconLinkOff, onSelect: () => takeOff.mutate(message) })
  if (may('revisions'))
    more.push({ label: t('history'), icon: IconHistory, onSelect: () => acts.ask('history', message) })
  if (may('report')) more.push({ label: t('report'), icon: IconFlag, onSelect: () => acts.ask('report', message) })
  if (may('delete'))
    more.push({
      label: t('delete'),
      icon: IconTrash,
      danger: true,
      apart: true,
      onSelect: () => acts.ask('delete', message),
    })
  return { atHand, more, mayReact: may('react') }
}

async function copy(text: string, done: string) {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ text: done })
  } catch {
    // The browser refused: the address bar and the text can be selected.
  }
}
