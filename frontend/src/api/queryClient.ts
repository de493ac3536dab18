import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isProblem, Problem, Unreachable } from './problem'

const TRIES = 2

/**
 * Reads are tried again when the server was away, never when it refused. Writes are never repeated by themselves, and say
 * at once that there is no network.
 */
export function createQueryClient({ onSignedOut = () => {} }: { onSignedOut?: () => void } = {}): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error) && error.status === 401) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // What was read before is read again without a network; the rest waits for it.
        networkMode: 'offlineFirst',
        retry: (failures, error) => failures < TRIES && mayPass(error),
        retryDelay: (failures, error) => waitBefore(failures, error),
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

const mayPass = (error: unknown) => error instanceof Unreachable || (error instanceof Problem && error.status >= 500)

/** Doubling, with as much chance again, so that a thousand browsers do not come back together. */
function waitBefore(failures: number, error: unknown): number {
  if (error instanceof Problem && error.retryAfter !== undefined) return error.retryAfter * 1000
  const wait = 1000 * 2 ** failures
  return wait + Math.random() * wait
}
