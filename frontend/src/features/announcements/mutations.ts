import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { useOnce } from '@/api/useOnce'
import type { AttachedDraft } from '@/entities/attachment/types'
import { ANNOUNCEMENTS, type Draft, type Kept, type Whole } from './queries'

function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ANNOUNCEMENTS }),
      queryClient.invalidateQueries({ queryKey: ['posts'] }),
    ])
}

const to = ({ id }: Draft) => ({ params: { path: { draft_id: id } } })

/** Keeps what is written: anew, or in the place of what was kept. */
export function useKeep(kept: Draft | undefined) {
  const once = useOnce()
  return useMutation({
    mutationFn: (body: Kept) =>
      answer(
        kept
          ? api.PUT('/api/v1/announcements/drafts/{draft_id}', {
              ...to(kept),
              headers: { 'if-match': `"${kept.version}"` },
              body,
            })
          : api.POST('/api/v1/announcements/drafts', { headers: { 'idempotency-key': once(body) }, body }),
      ),
    onSuccess: useRefresh(),
  })
}

/** Keeps it, and sends it: what cannot be sent stays among what is written. Drafts have no pictures or files: with some,
 * it is sent as it is, and what was kept of it is thrown away. */
export function useSend(kept: Draft | undefined) {
  const keep = useKeep(kept)
  const once = useOnce()
  return useMutation({
    mutationFn: async ({ body, attached }: { body: Kept; attached: AttachedDraft }) => {
      if (attached.images.length + attached.files.length > 0) {
        const { send_at: _, ...said } = body
        const whole = { ...said, ...attached }
        const headers = { 'idempotency-key': once(whole) }
        const post = await answer(api.POST('/api/v1/announcements', { headers, body: whole as Whole }))
        if (kept) await answer(api.DELETE('/api/v1/announcements/drafts/{draft_id}', to(kept)))
        return post
      }
      const draft = await keep.mutateAsync({ ...body, send_at: null })
      return answer(
        api.POST('/api/v1/announcements/drafts/{draft_id}/sending', {
          ...to(draft),
          headers: { 'idempotency-key': once(draft) },
        }),
      )
    },
    onSuccess: useRefresh(),
  })
}

export function useThrowAway(draft: Draft) {
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/announcements/drafts/{draft_id}', to(draft))),
    onSuccess: useRefresh(),
  })
}

export function useRemind(postId: string) {
  return useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/announcements/{post_id}/reminders', { params: { path: { post_id: postId } } })),
    onSuccess: useRefresh(),
  })
}
