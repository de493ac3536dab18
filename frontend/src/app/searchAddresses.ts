import type { Ways } from '@/features/search/addresses'
import { writeSearch } from '@/lib/search'
import { communityAddress, messageAddress, pageThreadAddress, paths, personAddress, postAddress } from './paths'

export const searchAddresses: Ways = {
  person: personAddress,
  community: communityAddress,
  post: postAddress,
  document: pageThreadAddress,
  message: messageAddress,
  results: (search) => `${paths.search}${writeSearch({ ...search })}`,
  ask: (communityId, words) =>
    `${communityId === undefined ? paths.home : communityAddress(communityId)}${writeSearch({ write: 'question', title: words })}`,
}
