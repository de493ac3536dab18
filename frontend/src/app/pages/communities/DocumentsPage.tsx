import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { CommunityFolders } from '@/features/documents/components/CommunityFolders'
import { communitySpaceQuery } from '@/features/documents/queries'
import { documentAddresses } from '../documents/documentAddresses'
import { useCommunity } from './useCommunity'

/** What a community keeps together. */
export function Page() {
  const community = useCommunity()
  const space = useQuery(communitySpaceQuery(community.id))
  return (
    <Loaded query={space}>{({ folder_id }) => <CommunityFolders folderId={folder_id} to={documentAddresses} />}</Loaded>
  )
}
