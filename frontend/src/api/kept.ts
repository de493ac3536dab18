/**
 * What this browser was last answered, for one member at a time: read again when the server is not reached. It is kept in
 * the browser's own cache under the member's id, and goes when he signs out, when another comes, when the server says that
 * a thing is there no more, and with age.
 */
const PREFIX = 'parvis.kept.'
const WHOSE = 'parvis.kept'
const AT = 'x-kept-at'
const KEPT_FOR = 7 * 86_400_000
const MOST = 400
const LARGEST = 512 * 1024

/** What one reads: no settings, no administration, nothing that is a secret. */
const WORTH =
  /^\/api\/v1\/(session|organisation|feed|posts|square|communities|conversations|messages|notifications|agenda|bookmarks|profiles|chat)(\/|$)/

export interface Answers {
  /** What was last answered, when it is not too old. */
  read: (request: Request) => Promise<Response | undefined>
  keep: (request: Request, response: Response) => void
}

/** Of the member who is here when it is asked for: an answer that comes after he left is kept for nobody. */
export function keptAnswers(): Answers {
  const whose = member()
  const name = whose && PREFIX + whose
  return {
    read: async (request) => {
      if (!name || !isWorth(request)) return undefined
      const found = await quietly(async () => (await caches.open(name)).match(request, { ignoreVary: true }))
      return found && Date.now() - Number(found.headers.get(AT)) < KEPT_FOR ? found : undefined
    },
    keep: (request, response) => {
      if (!name || !isWorth(request)) return
      if (response.ok) void quietly(() => put(name, request, response.clone()))
      else if (response.status === 401) void forgetKept()
      else if ([403, 404, 410].includes(response.status))
        void quietly(async () => (await caches.open(name)).delete(request, { ignoreVary: true }))
    },
  }
}

/** Who is here, by the answer that says so: what was kept for anybody else goes. */
export async function keepFor(memberId: string | null, path: string, answer: object) {
  if (memberId !== member()) await forgetKept(memberId)
  if (memberId !== null) await quietly(() => put(PREFIX + memberId, new Request(path), Response.json(answer)))
}

/** Everything that was kept, for whoever it was. */
export async function forgetKept(then: string | null = null) {
  try {
    if (then === null) localStorage.removeItem(WHOSE)
    else localStorage.setItem(WHOSE, then)
  } catch {
    // Without storage nobody is known, and nothing is kept.
  }
  await quietly(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + (then ?? ''))
    await Promise.all(names.map((name) => caches.delete(name)))
  })
}

/** What may be seen no longer goes with all the rest: what still may is read again when it is next opened. */
export function forgetAnswers() {
  const whose = member()
  if (whose) void quietly(() => caches.delete(PREFIX + whose))
}

async function put(name: string, request: Request, response: Response) {
  const body = await response.blob()
  if (body.size > LARGEST || !(response.headers.get('content-type') ?? '').includes('json')) return
  const headers = new Headers({ 'content-type': 'application/json', [AT]: String(Date.now()) })
  const version = response.headers.get('etag')
  if (version !== null) headers.set('etag', version)
  if (PREFIX + member() !== name) return
  const cache = await caches.open(name)
  await cache.put(request.url, new Response(body, { headers }))
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((one) => cache.delete(one)))
  // Whoever left meanwhile leaves nothing.
  if (PREFIX + member() !== name) await caches.delete(name)
}

const isWorth = ({ method, url }: Request) =>
  method === 'GET' && 'caches' in window && WORTH.test(new URL(url).pathname)

function member(): string | null {
  try {
    return localStorage.getItem(WHOSE)
  } catch {
    return null
  }
}

async function quietly<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return 'caches' in window ? await work() : undefined
  } catch {
    return undefined // A browser that refuses, or has no room left, keeps nothing.
  }
}
