import type { Addresses } from '@/features/chat/addresses'
import { communityAddress, conversationAddress, personAddress } from '../../paths'

export const chatAddresses: Addresses = {
  person: personAddress,
  community: communityAddress,
  conversation: conversationAddress,
}
