import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type MailLink = components['schemas']['MailLinkOut']

/** Requests of whoever holds the link, signed in or not. */
export const previewLink = (token: string) => answer(api.POST('/api/v1/mail-links/preview', { body: { token } }))
export const answerLink = (token: string, choices: string[]) =>
  answer(api.POST('/api/v1/mail-links/answer', { body: { token, choices } }))

/** What stands behind `#`: the secret, and what the link proposes to choose. */
export function partsOf(hash: string) {
  const [token = '', choice] = hash.split('.')
  return { token, choice }
}

/** Whether something is chosen; else it is done, or taken back, as a whole. */
export const isBallot = ({ deed }: MailLink) => deed === 'vote' || deed === 'attend'
