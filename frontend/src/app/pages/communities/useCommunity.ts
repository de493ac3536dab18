import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { communityQuery } from '@/features/communities/queries'

/** The community whose part this is; its layout has read it before. */
export function useCommunity() {
  const { communityId } = useParams({ from: '/inside/communities/$communityId' })
  return useSuspenseQuery(communityQuery(communityId)).data
}
