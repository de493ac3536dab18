import type { Addresses } from '@/features/documents/addresses'
import { documentAddress, folderAddress, paths } from '../../paths'

export const documentAddresses: Addresses = {
  home: paths.documents,
  folder: folderAddress,
  document: documentAddress,
}
