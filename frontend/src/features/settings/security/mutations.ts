import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import { createPasskey } from '@/entities/credential/webauthn'
import { useProvedMutation } from '@/entities/session/proof'
import { sessionQuery } from '@/entities/session/queries'
import { leaveFor } from '@/entities/university/errand'
import { credentialsQuery, type Passkey, passkeysQuery } from './queries'

/** The device is asked between two calls; the challenge of the first holds for fifteen minutes. */
export function useAddPasskey() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: async () => {
      const { public_key } = await answer(api.POST('/api/v1/me/passkeys/options'))
      const credential = await createPasskey(public_key)
      return answer(api.POST('/api/v1/me/passkeys', { body: { credential } }))
    },
    onSuccess: refresh,
  })
}

export function useRenamePasskey() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: ({ id, name }: Pick<Passkey, 'id' | 'name'>) =>
      answer(api.PATCH('/api/v1/me/passkeys/{passkey_id}', { params: { path: { passkey_id: id } }, body: { name } })),
    onSuccess: refresh,
  })
}

export function useRemovePasskey() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: ({ id }: Passkey) =>
      answer(api.DELETE('/api/v1/me/passkeys/{passkey_id}', { params: { path: { passkey_id: id } } })),
    onSuccess: refresh,
  })
}

/** Leads to the university, which sends this browser back to a page that links what it says. */
export function useLinkUniversity() {
  return useProvedMutation({
    mutationFn: async (provider: string) =>
      (await answer(api.POST('/api/v1/me/university-identity', { body: { provider } }))).authorization_url,
    onSuccess: (url) => leaveFor(url, { wish: 'link', next: window.location.pathname }),
  })
}

export function useSetPassword() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: (password: string) => answer(api.PUT('/api/v1/me/password', { body: { password } })),
    onSuccess: refresh,
  })
}

export function useRemovePassword() {
  const refresh = useRefresh()
  return useProvedMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/password')), onSuccess: refresh })
}

/** A secret that counts once confirmed. */
export const usePrepareTotp = () => useProvedMutation({ mutationFn: () => answer(api.POST('/api/v1/me/totp')) })

export function useConfirmTotp() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: async (code: string) =>
      (await answer(api.PUT('/api/v1/me/totp/confirmation', { body: { code } }))).recovery_codes,
    onSuccess: refresh,
  })
}

export function useTurnTotpOff() {
  const refresh = useRefresh()
  return useProvedMutation({ mutationFn: () => answer(api.DELETE('/api/v1/me/totp')), onSuccess: refresh })
}

export function useRenewRecoveryCodes() {
  const refresh = useRefresh()
  return useProvedMutation({
    mutationFn: async () => (await answer(api.POST('/api/v1/me/recovery-codes'))).recovery_codes,
    onSuccess: refresh,
  })
}

/** A credential decides what may go, who else is signed in, and which steps home shows. */
function useRefresh() {
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries(credentialsQuery),
      queryClient.invalidateQueries(passkeysQuery),
      queryClient.invalidateQueries({ queryKey: ['me', 'sessions'] }),
      queryClient.invalidateQueries(sessionQuery),
    ])
  }
}
