import { useEffect } from 'react'

/** Names the window « Réglages – Parvis »: the page first, since tabs are narrow. */
export function useTitle(page: string) {
  useEffect(() => {
    document.title = page === 'Parvis' ? page : `${page} – Parvis`
  }, [page])
}
