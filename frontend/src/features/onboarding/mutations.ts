import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { createPasskey } from '@/entities/credential/webauthn'
import { myInterestsQuery } from '@/entities/interest/queries'
import { useProvedMutation } from '@/entities/session/proof'
import { sessionQuery } from '@/entities/session/queries'

/** Each of these changes what is left to do, which the session says. */
function useTellSession() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
}

export function useSaveInterests() {
  const queryClient = useQueryClient()
  const tellSession = useTellSession()
  return useMutation({
    mutationFn: (interests: string[]) => answer(api.PUT('/api/v1/me/interests', { body: { interests } })),
    onSuccess: (kept) => {
      queryClient.setQueryData(myInterestsQuery.queryKey, kept)
      return tellSession()
    },
  })
}

/** Shown to the whole university, as all is that was not said otherwise. */
export function useSayHeadline() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (headline: string) => answer(api.PATCH('/api/v1/me/profile', { body: { headline } })),
    onSuccess: () =>
      Promise.all(
        [sessionQuery.queryKey, ['my-profile'], ['profiles']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

export function useAddAddress() {
  return useProvedMutation({
    mutationFn: (email: string) => answer(api.POST('/api/v1/me/addresses', { body: { email } })),
    onSuccess: useTellSession(),
  })
}

export function useAddPasskey() {
  return useProvedMutation({
    mutationFn: async () => {
      const { public_key } = await answer(api.POST('/api/v1/me/passkeys/options'))
      const credential = await createPasskey(public_key)
      return answer(api.POST('/api/v1/me/passkeys', { body: { credential } }))
    },
    onSuccess: useTellSession(),
  })
}
