import { queryOptions, type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { answer, api } from '@/api/client'
import { isProblem, PlainError } from '@/api/problem'
import { translator } from '@/lib/i18n'
import { texts } from './texts'

/** How this member can prove himself anew in this session. */
export const proofQuery = queryOptions({
  queryKey: ['session', 'proof'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/session/proof', { signal })),
  staleTime: 0,
  gcTime: 0,
})

/** The person closed « Confirmez que c’est bien vous »: nothing was changed. */
export class ProofDeclined extends PlainError {
  override readonly name = 'ProofDeclined'

  constructor() {
    super(translator(texts)('declined'))
  }
}

/**
 * Runs a write. When the server wants a credential proved again (403 `proof_required`), asks the person for one, then
 * runs the write once more: it was refused unread. Throws `ProofDeclined` when the person would rather not.
 */
export async function withProof<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (!isProblem(error, 'proof_required')) throw error
    await askForProof()
    return act()
  }
}

/** `useMutation` through `withProof`. To have declined is no error to show. */
export function useProvedMutation<Data, Variables = void, Context = unknown>({
  mutationFn,
  ...options
}: Omit<UseMutationOptions<Data, Error, Variables, Context>, 'mutationFn'> & {
  mutationFn: (variables: Variables) => Promise<Data>
}) {
  const mutation = useMutation<Data, Error, Variables, Context>({
    ...options,
    mutationFn: (variables) => withProof(() => mutationFn(variables)),
  })
  return { ...mutation, error: mutation.error instanceof ProofDeclined ? null : mutation.error }
}

/** Asks the person for a proof that no write waits for yet. Throws `ProofDeclined`. */
export const proveNow = () => askForProof()

interface Waiting {
  promise: Promise<void>
  resolve: () => void
  reject: (reason: ProofDeclined) => void
}

let waiting: Waiting | null = null
const listeners = new Set<() => void>()

/** Whether a write waits for the person: `ProofGate` then shows the dialog. Several writes wait for the same answer. */
export const useProofAsked = () => useSyncExternalStore(subscribe, () => waiting !== null)

export const proofGiven = () => settle((asked) => asked.resolve())
export const declineProof = () => settle((asked) => asked.reject(new ProofDeclined()))

function askForProof(): Promise<void> {
  if (waiting === null) {
    waiting = unsettled()
    tell()
  }
  return waiting.promise
}

function settle(how: (asked: Waiting) => void) {
  const asked = waiting
  if (asked === null) return
  waiting = null
  how(asked)
  tell()
}

function unsettled(): Waiting {
  let resolve = () => {}
  let reject: Waiting['reject'] = () => {}
  const promise = new Promise<void>((give, refuse) => {
    resolve = give
    reject = refuse
  })
  return { promise, resolve, reject }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const tell = () => {
  for (const listener of listeners) listener()
}
