import type { GlobalSearch } from './search'
import type { Hit } from './types'

/** Where what is found is read. */
export interface Addresses {
  person: (id: string) => string
  community: (id: string) => string
  post: (id: string, commentId?: string) => string
  /** A page, where one of its discussions is spoken of. */
  document: (id: string, threadId?: string) => string
  /** A message in its conversation; a reply is read in its thread, named by its first message. */
  message: (conversationId: string, number: number | null, thread: number | null) => string
}

/** The same, and where one goes on from the search. */
export interface Ways extends Addresses {
  /** The page of all that is found. */
  results: (search: GlobalSearch) => string
  /** Where a question is begun: in a community, or in one that is still to be chosen. */
  ask: (communityId: string | undefined, words: string) => string
}

/** The very place of what was found. */
export function addressOf(
  { kind, id, target }: Pick<Hit, 'kind' | 'id'> & Partial<Pick<Hit, 'target'>>,
  to: Addresses,
): string {
  switch (kind) {
    case 'person':
      return to.person(id)
    case 'community':
      return to.community(id)
    case 'document':
    case 'page':
      return to.document(id)
    case 'comment':
      return target?.document_id
        ? to.document(target.document_id, target.thread_id ?? undefined)
        : to.post(target?.post_id ?? id, id)
    case 'message':
      return to.message(target?.conversation_id ?? id, target?.number ?? null, target?.thread_number ?? null)
    case 'post':
    case 'event':
      return to.post(target?.post_id ?? id)
  }
}
