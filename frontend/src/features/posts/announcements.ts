import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answer, api } from '@/api/client'
import { useRefreshedPost } from './mutations'
import type { AnnouncementPost, Post } from './queries'

const to = (post: Post) => ({ params: { path: { post_id: post.id } } })

function useSaying(post: AnnouncementPost, asks: boolean) {
  return useMutation({
    mutationFn: () =>
      answer(
        asks
          ? api.PUT('/api/v1/announcements/{post_id}/acknowledgement', to(post))
          : api.PUT('/api/v1/announcements/{post_id}/reading', to(post)),
      ),
    onSuccess: useRefreshedPost(post.id),
  })
}

/** « J’ai lu », by name where it is asked. */
export const useAcknowledge = (post: AnnouncementPost) => useSaying(post, post.announcement.asks)

/** Who opens an announcement on its own page has read it. */
export function useReadOnce(post: AnnouncementPost, alone: boolean) {
  const { mutate } = useSaying(post, false)
  const wanted = alone && post.announcement.abilities.includes('read')
  useEffect(() => {
    if (wanted) mutate()
  }, [wanted, mutate])
}
