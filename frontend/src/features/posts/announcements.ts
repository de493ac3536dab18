import { useMutation } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef } from 'react'
import { answer, api } from '@/api/client'
import { useRefreshedPost } from './mutations'
import type { AnnouncementPost, Post } from './queries'

const LOOKED_AT = 1_000
const waiting = new Set<string>()

/** Tells the server, some at once, which announcements somebody has before his eyes. What it does not hear is told when it
 * is shown again. */
function see(id: string) {
  waiting.add(id)
  if (waiting.size > 1) return
  setTimeout(() => {
    const post_ids = [...waiting].slice(0, 50)
    waiting.clear()
    api.PUT('/api/v1/announcements/seen', { body: { post_ids } }).catch(() => undefined)
  }, LOOKED_AT)
}

/** Marks an announcement as seen once it was on the screen for a moment. */
export function useSeen(post: Post): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  const wanted = post.announcement?.mine === true && post.announcement.seen_at === null
  useEffect(() => {
    const shown = place.current
    if (!wanted || !shown || typeof IntersectionObserver === 'undefined') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer)
      if (entry?.isIntersecting) timer = setTimeout(() => see(post.id), LOOKED_AT)
    })
    observer.observe(shown)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [wanted, post.id])
  return place
}

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
