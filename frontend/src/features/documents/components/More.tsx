import { useEffect, useRef, useState } from 'react'
import type { Listed } from '@/api/listing'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'

/** The end of a list that goes on. Once more was asked for, it comes by itself as one scrolls down. */
export function More<Item>({ list }: { list: Listed<Item> }) {
  const [goesOn, setGoesOn] = useState(false)
  const end = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (!goesOn || !hasNextPage || isFetchingNextPage || end.current === null) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), {
      rootMargin: '600px',
    })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [goesOn, hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <div ref={end}>
      <LoadMore
        more={hasNextPage}
        busy={isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => {
          setGoesOn(true)
          void fetchNextPage()
        }}
      />
    </div>
  )
}
