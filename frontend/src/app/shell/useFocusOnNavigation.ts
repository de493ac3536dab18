import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { CONTENT } from '@/components/SkipLink'

/** A new page takes the focus, as a real page load would; otherwise readers stay on the link just followed. */
export function useFocusOnNavigation() {
  const { pathname } = useLocation()
  const seen = useRef(pathname)
  useEffect(() => {
    if (seen.current === pathname) return
    seen.current = pathname
    document.getElementById(CONTENT)?.focus({ preventScroll: true })
  }, [pathname])
}
