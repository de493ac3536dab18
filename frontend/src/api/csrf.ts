/**
 * The proof that a write comes from our own pages. The server ties it to the session and tells it with
 * `GET /api/v1/session`; it changes at sign-in, so whoever signs in or out keeps or forgets it here.
 */
let token: string | null = null
let asking: Promise<string | null> | null = null

export function keepCsrfToken(fresh: string | null) {
  token = fresh
}

export const forgetCsrfToken = () => keepCsrfToken(null)

/** The token at hand, else the session's; null when nobody is signed in. */
export async function csrfToken(): Promise<string | null> {
  if (token !== null) return token
  asking ??= askSession().finally(() => {
    asking = null
  })
  token = await asking
  return token
}

async function askSession(): Promise<string | null> {
  const response = await fetch('/api/v1/session', { credentials: 'same-origin' })
  if (!response.ok) return null
  const session: unknown = await response.json()
  const found = typeof session === 'object' && session !== null && 'csrf_token' in session ? session.csrf_token : null
  return typeof found === 'string' ? found : null
}
