import { answer, api } from '@/api/client'
import type { UniversityAnswer } from '@/entities/university/useReturned'

/** Where to go to be named by the university; this browser alone may bring the answer back. */
export const askUniversity = async (provider: string) =>
  (await answer(api.POST('/api/v1/university-sign-ins', { body: { provider } }))).authorization_url

export const signInWithUniversity = (given: UniversityAnswer) =>
  answer(api.POST('/api/v1/sessions/university', { body: given }))
export const proveByUniversity = (given: UniversityAnswer) =>
  answer(api.PUT('/api/v1/session/proof/university', { body: given }))
export const linkUniversity = (given: UniversityAnswer) =>
  answer(api.PUT('/api/v1/me/university-identity', { body: given }))
