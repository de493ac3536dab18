import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { answer, api } from '@/api/client'
import { forgetCsrfToken, keepCsrfToken } from '@/api/csrf'
import { forgetKept, keepFor } from '@/api/kept'
import type { components } from '@/api/schema.gen'
import { unsubscribeFromPush } from '@/lib/push'
import { forgetShared } from '@/lib/shared'
import { forgetAllWriting } from '@/lib/writing'

export type Session = components['schemas']['SessionOut']
export type SessionMember = NonNullable<Session['member']>
export type Ability = SessionMember['abilities'][number]

/** Who is asking. Invalidate it after anything that changes the member, his rights or his session. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await answer(api.GET('/api/v1/session', { signal }))
    keepCsrfToken(session.csrf_token)
    void keepFor(session.member?.id ?? null, '/api/v1/session', session)
    return session
  },
  staleTime: 60_000,
})

/** The signed-in member; only for pages inside the shell, which opens to nobody else. */
export function useMember(): SessionMember {
  const { member } = useSuspenseQuery(sessionQuery).data
  if (member === null) throw new Error('Nobody is signed in.')
  return member
}

/** What the server says this member may do: `may(member, 'administer')`. */
export const may = (member: SessionMember, ability: Ability) => member.abilities.includes(ability)

/** What he may do, or may once he has proved a second factor in this session: the place is his, and tells him so. */
export const mayOpen = (member: SessionMember, ability: Ability) =>
  may(member, ability) || member.withheld_abilities.includes(ability)

/** To call once the server has opened a session, whatever the way in: reads it, and goes on from the door. */
export function useEnter() {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async () => {
    forgetCsrfToken()
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
    await router.invalidate()
  }
}

/** Signs out here; everything that was read leaves memory with the session, and what was written and not sent. */
export function useSignOut() {
  const forget = useForgetSession()
  return useMutation({ mutationFn: () => answer(api.DELETE('/api/v1/session')), onSuccess: forget })
}

/** To call once the server has ended the session. */
export function useForgetSession() {
  const queryClient = useQueryClient()
  return async () => {
    forgetCsrfToken()
    forgetAllWriting()
    void forgetKept()
    void forgetShared()
    void unsubscribeFromPush()
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    await queryClient.resetQueries(sessionQuery)
  }
}
