import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { reportFollowing } from '@/lib/following'

const AGAIN_AFTER = 10_000

/** Keeps what is shown true, for as long as the member is here. What does it is fetched once the page is painted: all that
 * happened until then is told when it begins. */
export function useLive(memberId: string) {
  const cache = useQueryClient()
  useEffect(() => {
    let isHere = true
    let end = () => {}
    const begin = () =>
      void import('../live').then(
        ({ keepTrue }) => {
          if (isHere) end = keepTrue(cache, memberId)
        },
        () => {
          if (!isHere) return
          reportFollowing(false)
          const timer = setTimeout(begin, AGAIN_AFTER)
          end = () => clearTimeout(timer)
        },
      )
    begin()
    return () => {
      isHere = false
      end()
      reportFollowing(true)
    }
  }, [cache, memberId])
}
