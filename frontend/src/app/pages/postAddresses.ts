import type { Addresses as CaseAddresses } from '@/features/moderation/components/CaseCard'
import type { Addresses } from '@/features/posts/addresses'
import { communityAddress, conversationAddress, pageThreadAddress, personAddress, postAddress } from '../paths'

export const postAddresses: Addresses = { person: personAddress, community: communityAddress, post: postAddress }
export const caseAddresses: CaseAddresses = {
  ...postAddresses,
  thread: pageThreadAddress,
  message: (conversationId, number) => `${conversationAddress(conversationId)}?m=${number}`,
}
