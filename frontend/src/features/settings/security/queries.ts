import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { components } from '@/api/schema.gen'

export type Credentials = components['schemas']['CredentialsOut']
export type Passkey = components['schemas']['PasskeyOut']
export type Enrolment = components['schemas']['TotpEnrolmentOut']

/** What the member proves to be himself with, and what of it may change. */
export const credentialsQuery = queryOptions({
  queryKey: ['me', 'credentials'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/credentials', { signal })),
})

export const passkeysQuery = queryOptions({
  queryKey: ['me', 'passkeys'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/me/passkeys', { signal }))).items,
})
