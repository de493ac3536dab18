/** What a page kept here needs to be served again under its own policy. */

const NONCE = /'nonce-([A-Za-z0-9_-]{16,})'/
const POLICY = 'content-security-policy'

/**
 * The kept page as if the server had just sent it: the nonce that it was kept with gives way to a new one, in the page and
 * in its policy alike. Undefined for a page without a policy: such a page is not ours.
 */
export async function served(kept: Response, nonce: string = drawn()): Promise<Response | undefined> {
  const policy = kept.headers.get(POLICY)
  const before = policy === null ? undefined : NONCE.exec(policy)?.[1]
  if (policy === null || before === undefined) return undefined
  const headers = new Headers(kept.headers)
  headers.set(POLICY, policy.replace(before, nonce))
  for (const name of OF_TRANSPORT) headers.delete(name)
  return new Response((await kept.text()).replaceAll(before, nonce), { headers })
}

const OF_TRANSPORT = ['content-encoding', 'content-length', 'date', 'x-request-id']
const BYTES = 16

/** As the server draws them: 128 bits, in base64url. */
function drawn(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
