import type { Addresses } from '@/features/documents/addresses'
import { communityAddress, documentAddress, folderAddress, paths, personAddress } from '../../paths'

export const documentAddresses: Addresses = {
  home: paths.documents,
  shared: paths.documentsShared,
  trash: paths.documentsTrash,
  folder: folderAddress,
  document: documentAddress,
  community: communityAddress,
  person: personAddress,
}
