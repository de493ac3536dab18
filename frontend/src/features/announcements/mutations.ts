import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { answer, api } from '@/api/client'
import { useOnce } from '@/api/useOnce'
import { ANNOUNCEMENTS, type Draft, type Kept } from './queries'

function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ANNOUNCEMENTS }),
      queryClient.invalidateQueries({ queryKey: ['posts'] }),
    ])
}

const to = ({ id }: Draft) => ({ params: { path: { draft_id: id } } })

/** Keeps what is written: anew, or in the place of what was kept, by this editor too. */
export function useKeep(before: Draft | undefined) {
  const once = useOnce()
  const kept = useRef(before)
  return useMutation({
    mutationFn: async (body: Kept) => {
      kept.current = await answer(
        kept.current
          ? api.PUT('/api/v1/announcements/drafts/{draft_id}', {
              ...to(kept.current),
              headers: { 'if-match': `"${kept.current.version}"` },
              body,
            })
          : api.POST('/api/v1/announcements/drafts', { headers: { 'idempotency-key': once(body) }, body }),
      )
      return kept.current
    },
    onSuccess: useRefresh(),
  })
}

/** Keeps it, and sends it: what cannot be sent stays among what is written. */
export function useSend(keep: ReturnType<typeof useKeep>) {
  const once = useOnce()
  return useMutation({
    mutationFn: async (body: Kept) => {
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
