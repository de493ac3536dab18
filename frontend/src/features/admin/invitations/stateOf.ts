import type { Invitation } from './queries'

export type InvitationState = 'isOpen' | 'isUsed' | 'isExpired' | 'isRevoked'

/** Why an invitation lets nobody in any more, the first reason first. */
export function stateOf(
  { revoked_at, uses, max_uses, expires_at }: Pick<Invitation, 'revoked_at' | 'uses' | 'max_uses' | 'expires_at'>,
  now = Date.now(),
): InvitationState {
  if (revoked_at !== null) return 'isRevoked'
  if (uses >= max_uses) return 'isUsed'
  return Date.parse(expires_at) <= now ? 'isExpired' : 'isOpen'
}
