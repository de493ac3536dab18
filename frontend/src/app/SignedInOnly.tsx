import { useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { sessionQuery } from '@/entities/session/queries'
import { useSoon } from '@/lib/soon'
import { Boot } from './Boot'
import { Shell } from './shell/Shell'

/** The shell, for as long as someone is signed in. When the session ends, here or elsewhere, the route is asked again. */
export function SignedInOnly() {
  const { member } = useSuspenseQuery(sessionQuery).data
  const router = useRouter()
  useEffect(() => {
    if (member === null) void router.invalidate()
  }, [member, router])
  const isSoon = useSoon()
  if (member === null) return null
  return isSoon ? <Shell /> : <Boot />
}
