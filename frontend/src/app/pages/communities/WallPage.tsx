import { Wall } from '@/features/communities/components/Wall'
import { useCommunity } from './useCommunity'

/** What is said in a community. */
export function Page() {
  return <Wall community={useCommunity()} />
}
