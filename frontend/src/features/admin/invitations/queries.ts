import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { listing } from '@/api/listing'
import type { components } from '@/api/schema.gen'

export type Invitation = components['schemas']['InvitationOut']
export type InvitationDraft = components['schemas']['InvitationDraft']
export type NewInvitation = components['schemas']['NewInvitationOut']

const INVITATIONS = ['invitations'] as const

/** Those that can still be used, or the others. */
export const invitationsQuery = (open: boolean) =>
  listing<Invitation>([...INVITATIONS, open], (cursor, signal) =>
    answer(api.GET('/api/v1/people/invitations', { params: { query: { open, cursor } }, signal })),
  )

export function useInvite() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ draft, once }: { draft: InvitationDraft; once: string }) =>
      answer(api.POST('/api/v1/people/invitations', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  })
}

export function useRevokeInvitation() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Invitation) =>
      answer(api.DELETE('/api/v1/people/invitations/{invitation_id}', { params: { path: { invitation_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: INVITATIONS }),
  })
}
