import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'
import { documentKey, folderKey } from './queries'
import type { Reference } from './types'

export type ShareLink = components['schemas']['ShareLinkOut']
export type ShareLinkDraft = components['schemas']['ShareLinkDraft']

const PAGE = 50

/** Below what they lead to, so that what is told of that is told of them. */
const linksKey = ({ type, id }: Reference) => [...(type === 'folder' ? folderKey(id) : documentKey(id)), 'links']

/** Links to a thing, whoever made them, the latest first. */
export const linksQuery = (thing: Reference) =>
  listing<ShareLink>(linksKey(thing), (cursor, signal) => {
    const query = { limit: PAGE, cursor }
    return answer(
      thing.type === 'folder'
        ? api.GET('/api/v1/folders/{folder_id}/links', { params: { path: { folder_id: thing.id }, query }, signal })
        : api.GET('/api/v1/documents/{document_id}/links', {
            params: { path: { document_id: thing.id }, query },
            signal,
          }),
    )
  })

/** Gives the link itself, which is never given again. */
export function useMakeShareLink(thing: Reference) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, once }: { draft: ShareLinkDraft; once: string }) => {
      const headers = { 'idempotency-key': once }
      return answer(
        thing.type === 'folder'
          ? api.POST('/api/v1/folders/{folder_id}/links', {
              params: { path: { folder_id: thing.id } },
              body: draft,
              headers,
            })
          : api.POST('/api/v1/documents/{document_id}/links', {
              params: { path: { document_id: thing.id } },
              body: draft,
              headers,
            }),
      )
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: linksKey(thing) }),
  })
}

export function useDeleteShareLink(thing: Reference) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (linkId: string) =>
      answer<unknown>(
        thing.type === 'folder'
          ? api.DELETE('/api/v1/folders/{folder_id}/links/{link_id}', {
              params: { path: { folder_id: thing.id, link_id: linkId } },
            })
          : api.DELETE('/api/v1/documents/{document_id}/links/{link_id}', {
              params: { path: { document_id: thing.id, link_id: linkId } },
            }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: linksKey(thing) }),
  })
}
