import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { offersPasskeysInFields, PasskeyError, presentPasskey } from '@/entities/credential/webauthn'
import { passkeyOptions, type SignInAnswer, signInWithPasskey } from './doors'

type Credential = Parameters<typeof signInWithPasskey>[0]

/**
 * Signing in by passkey: by a button, and by the browser's own list under the e-mail field, which is offered as long as
 * the page is open. A browser asks for one at a time, so the button puts the list away; a failure brings it back.
 */
export function usePasskeySignIn(onAnswer: (answer: SignInAnswer) => Promise<void>) {
  const asking = useRef<AbortController>(null)

  const insteadOfBefore = (): AbortSignal => {
    asking.current?.abort()
    asking.current = new AbortController()
    return asking.current.signal
  }

  const signIn = useMutation({
    mutationFn: async (chosen: Credential | null) => {
      const signal = insteadOfBefore()
      return signInWithPasskey(chosen ?? (await presentPasskey(await passkeyOptions(), { signal })))
    },
    onSuccess: onAnswer,
    onError: () => offer(),
  })

  const offer = async () => {
    const chosen = await chosenInField(insteadOfBefore())
    if (chosen) signIn.mutate(chosen)
  }

  const firstOffer = useRef(offer)
  useEffect(() => {
    void firstOffer.current()
    return () => asking.current?.abort()
  }, [])

  const cancelled = signIn.error instanceof PasskeyError && signIn.error.reason === 'cancelled'
  return { ask: () => signIn.mutate(null), busy: signIn.isPending, error: cancelled ? null : signIn.error }
}

/** Nobody asked for the list: when it cannot be offered, the button is still there. */
async function chosenInField(signal: AbortSignal): Promise<Credential | null> {
  try {
    if (!(await offersPasskeysInFields()) || signal.aborted) return null
    return await presentPasskey(await passkeyOptions(), { inField: true, signal })
  } catch {
    return null
  }
}
