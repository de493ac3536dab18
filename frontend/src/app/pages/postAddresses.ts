import type { Addresses } from '@/features/posts/addresses'
import { communityAddress, personAddress, postAddress } from '../paths'

export const postAddresses: Addresses = { person: personAddress, community: communityAddress, post: postAddress }
