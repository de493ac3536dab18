import { About } from '@/features/communities/components/About'
import { useCommunity } from './useCommunity'

/** What a community says of itself. */
export function Page() {
  return <About community={useCommunity()} />
}
