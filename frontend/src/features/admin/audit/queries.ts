import { useMutation } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type AuditEntry = components['schemas']['AuditEntryOut']
export type Verification = components['schemas']['VerificationOut']

/** The latest acts first; with `about`, those done to that member alone. */
export const auditQuery = (about: string | undefined) =>
  listing<AuditEntry>(['audit', about ?? ''], (cursor, signal) =>
    answer(api.GET('/api/v1/audit-entries', { params: { query: { subject_id: about, cursor } }, signal })),
  )

/** Reads the whole log anew each time: an answer kept from before would prove nothing. */
export function useVerification() {
  return useMutation({ mutationFn: () => answer(api.GET('/api/v1/audit-entries/verification')) })
}
