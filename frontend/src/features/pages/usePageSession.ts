import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { pageKey } from './queries'
import { PageSession, type PageState } from './session'

/** The page, open for as long as this is shown. */
export function usePageSession(pageId: string, memberId: string): { session: PageSession; state: PageState } {
  const cache = useQueryClient()
  const [session] = useState(
    () =>
      new PageSession(pageId, memberId, {
        threads: () => void cache.invalidateQueries({ queryKey: [...pageKey(pageId), 'threads'] }),
        versions: () => void cache.invalidateQueries({ queryKey: pageKey(pageId) }),
      }),
  )
  useEffect(() => {
    void session.run()
    return () => session.stop()
  }, [session])
  return { session, state: useSyncExternalStore(session.subscribe, session.get) }
}
