import { type RefObject, useEffect, useRef } from 'react'
import { api } from '@/api/client'
import type { Post } from './queries'

const LOOKED_AT = 1_000
const DAY = 86_400_000
/** What was said longer ago is in no mail. */
const MAILED = 14 * DAY
const waiting = new Set<string>()

/** Tells the server, some at once, which posts somebody has before his eyes, so that none of them is mailed to him. What it
 * does not hear is told when it is shown again. */
function see(id: string) {
  waiting.add(id)
  if (waiting.size > 1) return
  setTimeout(() => {
    const post_ids = [...waiting].slice(0, 50)
    waiting.clear()
    api.PUT('/api/v1/posts/seen', { body: { post_ids } }).catch(() => undefined)
  }, LOOKED_AT)
}

/** Marks a post as seen once it was on the screen for a moment, and not only its first line. */
export function useSeen(post: Post): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null)
  const wanted = isWanted(post)
  useEffect(() => {
    const shown = place.current
    if (!wanted || !shown || typeof IntersectionObserver === 'undefined') return
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer)
        if (!entry?.isIntersecting) return
        timer = setTimeout(() => {
          observer.disconnect()
          see(post.id)
        }, LOOKED_AT)
      },
      { rootMargin: '0px 0px -10% 0px' },
    )
    observer.observe(shown)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [wanted, post.id])
  return place
}

function isWanted({ announcement, gone, said_at }: Post): boolean {
  if (announcement) return announcement.mine && announcement.seen_at === null
  return !gone && Date.now() - Date.parse(said_at) < MAILED
}
