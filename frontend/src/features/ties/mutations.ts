import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { TIES } from './queries'

/** What ties two changes what they see of each other: profiles and lists are read again. */
function useRefresh() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: TIES }),
      queryClient.invalidateQueries({ queryKey: ['profiles'] }),
      queryClient.invalidateQueries({ queryKey: ['directory'] }),
    ])
}

const to = (id: string) => ({ path: { member_id: id } })

export function useAskContact(id: string) {
  return useMutation({
    mutationFn: (message: string) =>
      answer(api.PUT('/api/v1/me/contact-requests/{member_id}', { params: to(id), body: { message } })),
    onSuccess: useRefresh(),
  })
}

export function useAcceptContact() {
  return useMutation({
    mutationFn: (id: string) => answer(api.PUT('/api/v1/me/contacts/{member_id}', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

/** Takes back what was asked, or declines what was. */
export function useDropRequest() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/contact-requests/{member_id}', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

export function useRemoveContact() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/contacts/{member_id}', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

export function useBlock() {
  return useMutation({
    mutationFn: (id: string) => answer(api.PUT('/api/v1/me/blocks/{member_id}', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

export function useUnblock() {
  return useMutation({
    mutationFn: (id: string) => answer(api.DELETE('/api/v1/me/blocks/{member_id}', { params: to(id) })),
    onSuccess: useRefresh(),
  })
}

export function useAskMentoring(id: string) {
  return useMutation({
    mutationFn: ({ message, once }: { message: string; once: string }) =>
      answer(
        api.POST('/api/v1/profiles/{member_id}/mentorships', {
          params: to(id),
          body: { message },
          headers: { 'idempotency-key': once },
        }),
      ),
    onSuccess: useRefresh(),
  })
}

export type MentorshipAct = 'accept' | 'decline' | 'withdraw' | 'end'

/** Answers or ends a mentorship as it was read: refused with 412 when it has changed since. */
export function useMentorshipAct() {
  return useMutation({
    mutationFn: ({
      id,
      version,
      act,
      words = '',
    }: {
      id: string
      version: number
      act: MentorshipAct
      words?: string
    }) => {
      const params = { path: { mentorship_id: id } }
      const headers = { 'if-match': `"${version}"` }
      const body = { answer: words }
      if (act === 'accept')
        return answer(api.PUT('/api/v1/mentorships/{mentorship_id}/acceptance', { params, headers, body }))
      if (act === 'decline')
        return answer(api.PUT('/api/v1/mentorships/{mentorship_id}/refusal', { params, headers, body }))
      return answer(api.PUT('/api/v1/mentorships/{mentorship_id}/end', { params, headers }))
    },
    onSuccess: useRefresh(),
  })
}
