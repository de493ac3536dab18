import { reach } from './reach'

/**
 * The proof that a write comes from our own pages. The server ties it to the session and tells it with
 * `GET /api/v1/session`; it changes at sign-in, so whoever signs in or out keeps or forgets it here.
 */
let token: string | null | undefined
let asking: Promise<string | null> | null = null

export function keepCsrfToken(fresh: string | null) {
  token = fresh
}

/** It is asked for again before the next write. */
export function forgetCsrfToken() {
  token = undefined
}

/** The token at hand, else the session's; null when nobody is signed in, as far as this page knows. */
export async function csrfToken(): Promise<string | null> {
  if (token !== undefined) return token
  asking ??= askSession().finally(() => {
    asking = null
  })
  token = await asking
  return token
}

async function askSession(): Promise<string | null> {
  const response = await reach(new Request(new URL('/api/v1/session', location.origin), { credentials: 'same-origin' }))
  if (!response.ok) return null
  const session: unknown = await response.json()
  const found = typeof session === 'object' && session !== null && 'csrf_token' in session ? session.csrf_token : null
  return typeof found === 'string' ? found : null
}
