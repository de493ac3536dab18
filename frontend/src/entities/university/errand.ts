import { leave } from '@/lib/leave'
import { safeNext } from '@/lib/next'

export type Wish = 'sign_in' | 'prove' | 'link'

/** What this tab went to the university for, and the page of ours that it then wants. */
export interface Errand {
  wish: Wish
  next: string
}

const KEY = 'parvis.university'

/** Sends this tab to the university. It comes back with the same `state`, which is how it is known again. */
export function leaveFor(authorizationUrl: string, errand: Errand) {
  const state = new URL(authorizationUrl).searchParams.get('state')
  sessionStorage.setItem(KEY, JSON.stringify({ ...errand, state }))
  leave(authorizationUrl)
}

/** What this tab left for with that `state`. One that did not leave came to sign in: the server judges that anyway. */
export function errandOf(state: string | null): Errand {
  const kept = read()
  if (kept.state !== state) return { wish: 'sign_in', next: '/' }
  const wish = kept.wish === 'prove' || kept.wish === 'link' ? kept.wish : 'sign_in'
  return { wish, next: safeNext(kept.next) }
}

function read(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}
