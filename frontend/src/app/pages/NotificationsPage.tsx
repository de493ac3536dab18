import { useNavigate, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/PageTitle'
import { Notifications } from '@/features/notifications/components/Notifications'
import { texts } from '@/features/notifications/i18n'
import type { Notification } from '@/features/notifications/queries'
import { useText } from '@/lib/i18n'
import {
  communityAddress,
  communityMembersAddress,
  communityModerationAddress,
  conversationAddress,
  documentAddress,
  folderAddress,
  paths,
  postAddress,
} from '../paths'
import pages from './pages.module.css'

/** What the reader is told; whether all or what is unread stands in the address. */
export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  const { list } = useSearch({ strict: false }) as { list?: string }
  return (
    <div className={pages.one}>
      <PageTitle lead={t('lead')}>{t('title')}</PageTitle>
      <Notifications
        which={list === 'unread' ? 'unread' : 'all'}
        onWhich={(which) =>
          navigate({ to: paths.notifications, search: { list: which === 'all' ? undefined : which } as never })
        }
        addressOf={addressOf}
      />
    </div>
  )
}

/** A single new comment is pointed at; several are read in the whole discussion. */
function addressOf({ kind, about_id, lines, unseen }: Notification): string {
  if (kind === 'requests') return communityMembersAddress(about_id)
  if (kind === 'cases') return communityModerationAddress(about_id)
  if (kind === 'organisation_cases') return paths.adminReports
  if (kind === 'decisions') return paths.settingsReports
  if (kind === 'contacts') return contactsAddress(lines)
  if (kind === 'mentoring') return mentoringAddress(lines)
  if (kind === 'conversation') return messageAddress(about_id, lines)
  if (kind === 'page') return pageAddress(about_id, lines)
  if (kind === 'folder') return folderAddress(about_id)
  if (kind === 'community') return communityAddress(about_id)
  return postAddress(about_id, unseen === 1 ? (lines[0]?.comment_id ?? undefined) : undefined)
}

/** A reply is read in its thread. */
function messageAddress(conversationId: string, [line]: Notification['lines']): string {
  const address = conversationAddress(conversationId)
  if (line?.message_number == null) return address
  return `${address}?${line.reply_number === null ? 'm' : 'fil'}=${line.message_number}`
}

/** What was said of a page is read where it stands. */
function pageAddress(pageId: string, [line]: Notification['lines']): string {
  const address = documentAddress(pageId)
  return line?.thread_id ? `${address}?fil=${line.thread_id}` : address
}

/** Who asks waits in a list of its own. */
function contactsAddress(lines: Notification['lines']): string {
  return lines[0]?.reason === 'contact_asked' ? `${paths.contacts}?list=received` : paths.contacts
}

function mentoringAddress(lines: Notification['lines']): string {
  return lines[0]?.reason === 'mentoring_asked' ? `${paths.mentoring}?side=mentor` : paths.mentoring
}
