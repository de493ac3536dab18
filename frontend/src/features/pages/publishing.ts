import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { upload } from '@/entities/file/upload'
import { pageKey } from './queries'

const OFFERED = 100

/** Communities where one may post. */
export const placesQuery = queryOptions({
  queryKey: ['communities', 'to-publish-in'],
  queryFn: async ({ signal }) => {
    const query = { mine: true, sort: 'active' as const, limit: OFFERED }
    const { items } = await answer(api.GET('/api/v1/communities', { params: { query }, signal }))
    return items.filter(({ abilities }) => abilities.includes('post')).map(({ id, name }) => ({ id, name }))
  },
})

/** The articles made of a page. */
export const publicationsQuery = (pageId: string) =>
  queryOptions({
    queryKey: [...pageKey(pageId), 'publications'],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/pages/{document_id}/publications', { params: { path: { document_id: pageId } }, signal }),
      ),
  })

interface Draft {
  place: string
  title: string
  language: 'fr' | 'en'
  cover: { file: File; alt: string } | undefined
}

export function usePublish(pageId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ place, title, language, cover }: Draft) =>
      answer(
        api.POST('/api/v1/pages/{document_id}/publications', {
          params: { path: { document_id: pageId } },
          body: { places: [place], title, language, cover: cover ? await pictured(cover) : null },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: pageKey(pageId) }),
  })
}

async function pictured({ file, alt }: { file: File; alt: string }) {
  const { id } = await upload(file)
  await answer(api.PUT('/api/v1/files/{file_id}/picture', { params: { path: { file_id: id } } }))
  return { id, alt, decorative: alt === '' }
}

/** An article says again what the page says. */
export function useRenew(pageId: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (postId: string) =>
      answer(
        api.PUT('/api/v1/pages/{document_id}/publications/{post_id}', {
          params: { path: { document_id: pageId, post_id: postId } },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: pageKey(pageId) }),
  })
}
