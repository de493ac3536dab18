import { useNavigate } from '@tanstack/react-router'
import { messageOf } from '@/api/problem'
import { CONTENT } from '@/components/SkipLink'
import { showToast } from '@/components/toast/toasts'
import { may, type SessionMember } from '@/entities/session/queries'
import { useStartConversation } from '@/features/chat/mutations'
import { Palette } from '@/features/search/components/Palette'
import type { Place } from '../navigation'
import { conversationAddress } from '../paths'
import { searchAddresses } from '../searchAddresses'
import { searching } from '../searching'
import { useCommands } from './useCommands'
import { useHere } from './useHere'

interface SearchPaletteProps {
  open: boolean
  within: boolean
  member: SessionMember
  places: readonly Place[]
}

/** The search over any page, with what the member may do from it. */
export function SearchPalette({ open, within, member, places }: SearchPaletteProps) {
  const navigate = useNavigate()
  const start = useStartConversation()
  const here = useHere()
  const commands = useCommands(member, places)
  const go = (href: string) => {
    // Who stays on the page is led into it as well.
    if (new URL(href, window.location.origin).pathname === window.location.pathname) {
      requestAnimationFrame(() => document.getElementById(CONTENT)?.focus({ preventScroll: true }))
    }
    void navigate({ href })
  }
  const writeTo = ({ id }: { id: string }) =>
    start.mutate(
      { kind: 'direct', member_id: id, name: '', history: 'all' },
      {
        onSuccess: (conversation) => go(conversationAddress(conversation.id)),
        onError: (error) => showToast({ text: messageOf(error) }),
      },
    )
  return (
    <Palette
      open={open}
      onClose={searching.close}
      onGo={go}
      to={searchAddresses}
      commands={commands}
      here={here}
      within={within}
      memberId={member.id}
      onWriteTo={may(member, 'read_directory') ? writeTo : undefined}
    />
  )
}
