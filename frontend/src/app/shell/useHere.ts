import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { texts } from '@/features/chat/i18n'
import { nameOf } from '@/features/chat/names'
import { conversationQuery } from '@/features/chat/queries'
import { communityQuery } from '@/features/communities/queries'
import { folderQuery } from '@/features/documents/queries'
import type { Here } from '@/features/search/options'
import { useText } from '@/lib/i18n'
import { paths } from '../paths'

/** The community or the conversation that the page is of, as far as the page has read it. */
export function useHere(): Here | undefined {
  const t = useText(texts)
  const { pathname } = useLocation()
  const folderId = partOf(pathname, '/documents/folders/')
  const folder = useQuery({ ...folderQuery(folderId), enabled: false }).data
  const communityId = partOf(pathname, `${paths.communities}/`) || (folder?.space.community?.id ?? '')
  const community = useQuery({ ...communityQuery(communityId), enabled: false }).data
  const conversationId = partOf(pathname, `${paths.messages}/`)
  const conversation = useQuery({ ...conversationQuery(conversationId), enabled: false }).data
  if (community) {
    return { kind: 'community', id: community.id, name: community.name, mayPost: community.abilities.includes('post') }
  }
  if (folder?.space.community) {
    return { kind: 'community', id: folder.space.community.id, name: folder.space.community.name, mayPost: false }
  }
  if (conversation) {
    return { kind: 'conversation', id: conversation.id, name: nameOf(conversation, t), mayPost: false }
  }
  return undefined
}

const partOf = (pathname: string, before: string) =>
  pathname.startsWith(before) ? (pathname.slice(before.length).split('/')[0] ?? '') : ''
