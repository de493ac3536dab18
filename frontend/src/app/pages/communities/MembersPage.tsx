import { Members } from '@/features/communities/components/Members'
import { personAddress } from '../../paths'
import { useCommunity } from './useCommunity'

/** Who is in a community. */
export function Page() {
  return <Members community={useCommunity()} addressOf={personAddress} />
}
