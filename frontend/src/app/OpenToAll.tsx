import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from '@/entities/session/queries'
import { PublicLayout } from './PublicLayout'
import { Shell } from './shell/Shell'

/** Around pages that members and visitors read alike: the shell for the ones, a bar with the way in for the others. */
export function OpenToAll() {
  const { member } = useSuspenseQuery(sessionQuery).data
  return member === null ? <PublicLayout /> : <Shell />
}
