import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']
export type SignInAnswer =
  | Schemas['SignedInOut']
  | Schemas['SecondFactorOut']
  | Schemas['OtherBrowserOut']
  | Schemas['LeavingOut']
export type InvitationAnswer = SignInAnswer | Schemas['AskedOut']

/** Requests of people who are not signed in. Those that ask for a mail answer the same whoever the address belongs to. */
export const askSignInLink = (email: string) => answer(api.POST('/api/v1/sign-in-links', { body: { email } }))
export const askReset = (email: string) => answer(api.POST('/api/v1/password-resets', { body: { email } }))
export const register = (form: Schemas['Registration']) => answer(api.POST('/api/v1/registrations', { body: form }))

export const signInWithPassword = (form: Schemas['Credentials']) => answer(api.POST('/api/v1/sessions', { body: form }))
export const signInWithLink = (token: string) =>
  answer(api.POST('/api/v1/sign-in-links/confirmation', { body: { token } }))
export const signInWithCode = (code: string) => answer(api.POST('/api/v1/sign-in-links/code', { body: { code } }))
export const passSecondFactor = (form: Schemas['SecondFactor']) =>
  answer(api.POST('/api/v1/sessions/second-factor', { body: form }))
export const keepAccount = (ticket: string) => answer(api.POST('/api/v1/deletions/cancellation', { body: { ticket } }))
export const passkeyOptions = async () => (await answer(api.POST('/api/v1/passkeys/options'))).public_key
export const signInWithPasskey = (credential: Schemas['AuthenticationCredential']) =>
  answer(api.POST('/api/v1/sessions/passkey', { body: { credential } }))

export const confirmRegistration = (token: string) =>
  answer(api.POST('/api/v1/registrations/confirmation', { body: { token } }))
export const confirmActivation = (token: string) =>
  answer(api.POST('/api/v1/activations/confirmation', { body: { token } }))
/** Whom an activation link is for; who has an account can join that record to it. */
export const previewActivation = (token: string) => answer(api.POST('/api/v1/activations/preview', { body: { token } }))
export const joinRecord = (token: string) => answer(api.POST('/api/v1/me/records', { body: { token } }))
export const confirmRecovery = (token: string) =>
  answer(api.POST('/api/v1/recoveries/confirmation', { body: { token } }))
export const confirmReset = (form: Schemas['NewPassword']) =>
  answer(api.POST('/api/v1/password-resets/confirmation', { body: form }))
export const previewInvitation = (token: string) => answer(api.POST('/api/v1/invitations/preview', { body: { token } }))
export const acceptInvitation = (form: Schemas['Acceptance']): Promise<InvitationAnswer> =>
  answer(api.POST('/api/v1/invitations/acceptance', { body: form }))
export const reverseAddress = (token: string) => answer(api.POST('/api/v1/me/addresses/reversal', { body: { token } }))
