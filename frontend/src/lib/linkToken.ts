import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The secret of a link in a mail: what stands after `#`. It leaves the address bar at once, so that no history, no
 * screen and no copied address keeps it.
 */
export function useLinkToken(): string {
  const { hash } = useLocation()
  const router = useRouter()
  const [token, setToken] = useState(hash)
  useEffect(() => {
    if (hash === '') return
    setToken(hash)
    const { pathname, searchStr } = router.state.location
    router.history.replace(pathname + searchStr)
  }, [hash, router])
  return token
}
