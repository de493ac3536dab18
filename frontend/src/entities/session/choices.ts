import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { answer, api } from '@/api/client'
import { setLanguage } from '@/lib/language'
import { setTheme } from '@/lib/theme'
import { type Session, type SessionMember, sessionQuery } from './queries'

export type Choices = Pick<SessionMember, 'language' | 'appearance'>

/** What the member chose, wherever it was chosen, wins over what this browser had kept. */
export function useMembersChoices({ language, appearance }: Choices) {
  useEffect(() => setLanguage(language), [language])
  useEffect(() => setTheme(appearance), [appearance])
}

/** Changes a choice at once, and takes it back if the server did not keep it. */
export function useChoose() {
  const queryClient = useQueryClient()
  const show = (choice: Partial<Choices>) =>
    queryClient.setQueryData<Session>(sessionQuery.queryKey, (session) =>
      session?.member ? { ...session, member: { ...session.member, ...choice } } : session,
    )
  return useMutation({
    mutationFn: (choice: Partial<Choices>) => answer(api.PATCH('/api/v1/me', { body: choice })),
    onMutate: (choice) => {
      const before = queryClient.getQueryData(sessionQuery.queryKey)
      show(choice)
      return before
    },
    // The account is at another version now, which forms about it must know.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['me'], exact: true }),
    onError: (_error, _choice, before) => queryClient.setQueryData(sessionQuery.queryKey, before),
  })
}
