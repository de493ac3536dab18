import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, answerWithVersion, api } from '@/api/client'
import { isOvertaken } from '@/api/useDraft'
import { useProvedMutation } from '@/entities/session/proof'
import { sessionQuery } from '@/entities/session/queries'
import {
  type Affiliation,
  type AffiliationDraft,
  PEOPLE,
  type PersonChange,
  type PersonDraft,
  personQuery,
  type Role,
} from './queries'

/** Somebody else changed the person first: what is shown is read again, so that the next try is about it. */
const useRefreshIfOvertaken = () => {
  const refresh = useRefresh()
  return (error: unknown) => {
    if (isOvertaken(error)) void refresh()
  }
}

/** Who is changed may be who is signed in, whose rights and shape the session tells. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: PEOPLE }),
      queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey, exact: true }),
    ])
}

export function useCreatePerson() {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: PersonDraft; once: string }) =>
      answer(api.POST('/api/v1/people', { body: draft, headers: { 'idempotency-key': once } })),
    onSuccess: useRefresh(),
  })
}

/** Changes what is known of somebody as it was read: refused with 412 when it has changed since. */
export function useChangePerson(id: string) {
  const queryClient = useQueryClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ change, version }: { change: PersonChange; version: string }) =>
      answerWithVersion(
        api.PATCH('/api/v1/people/{member_id}', {
          params: { path: { member_id: id } },
          body: change,
          headers: { 'if-match': version },
        }),
      ),
    onSuccess: (person) => {
      queryClient.setQueryData(personQuery(id).queryKey, person)
      return refresh()
    },
  })
}

/** As the person was read: affiliations change the version of the person. */
export function useAddAffiliation(id: string, version: string) {
  return useMutation({
    mutationFn: ({ draft, once }: { draft: AffiliationDraft; once: string }) =>
      answer(
        api.POST('/api/v1/people/{member_id}/affiliations', {
          params: { path: { member_id: id } },
          body: draft,
          headers: { 'idempotency-key': once, 'if-match': version },
        }),
      ),
    onSuccess: useRefresh(),
    onError: useRefreshIfOvertaken(),
  })
}

/** `ends_on` is the first day on which it no longer holds. */
export function useEndAffiliation(id: string, version: string) {
  return useMutation({
    mutationFn: ({ affiliation, ends_on }: { affiliation: Affiliation; ends_on: string }) =>
      answer(
        api.PATCH('/api/v1/people/{member_id}/affiliations/{affiliation_id}', {
          params: { path: { member_id: id, affiliation_id: affiliation.id } },
          body: { ends_on },
          headers: { 'if-match': version },
        }),
      ),
    onSuccess: useRefresh(),
    onError: useRefreshIfOvertaken(),
  })
}

export function useRemoveAffiliation(id: string, version: string) {
  return useMutation({
    mutationFn: ({ id: affiliation_id }: Affiliation) =>
      answer(
        api.DELETE('/api/v1/people/{member_id}/affiliations/{affiliation_id}', {
          params: { path: { member_id: id, affiliation_id } },
          headers: { 'if-match': version },
        }),
      ),
    onSuccess: useRefresh(),
    onError: useRefreshIfOvertaken(),
  })
}

/** A link to a new address of somebody whom the administrator has identified. */
export function useRecovery(id: string) {
  return useProvedMutation({
    mutationFn: ({ email, once }: { email: string; once: string }) =>
      answer(
        api.POST('/api/v1/people/{member_id}/recovery', {
          params: { path: { member_id: id } },
          body: { email },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useSuspension(id: string) {
  const params = { path: { member_id: id } }
  return useProvedMutation({
    mutationFn: (suspended: boolean) =>
      answer(
        suspended
          ? api.PUT('/api/v1/people/{member_id}/suspension', { params })
          : api.DELETE('/api/v1/people/{member_id}/suspension', { params }),
      ),
    onSuccess: useRefresh(),
  })
}

export function useRole(id: string) {
  return useProvedMutation({
    mutationFn: ({ role, held }: { role: Role; held: boolean }) => {
      const params = { path: { member_id: id, role } }
      return answer(
        held
          ? api.PUT('/api/v1/people/{member_id}/roles/{role}', { params })
          : api.DELETE('/api/v1/people/{member_id}/roles/{role}', { params }),
      )
    },
    onSuccess: useRefresh(),
  })
}
