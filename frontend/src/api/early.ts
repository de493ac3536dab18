/**
 * Who is here is asked by `theme.js`, before the scripts have come: what it is answered is taken once, by the first who asks
 * the same.
 */
const PATH = '/api/v1/session'

declare global {
  interface Window {
    parvisSession?: Promise<Response>
  }
}

export function askedEarly({ method, url }: Request): Promise<Response> | undefined {
  if (method !== 'GET' || new URL(url).pathname !== PATH) return undefined
  const answering = window.parvisSession
  delete window.parvisSession
  return answering
}
