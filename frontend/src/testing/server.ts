import { afterEach, beforeEach, vi } from 'vitest'
import { forgetCsrfToken } from '@/api/csrf'

export interface Call {
  method: string
  path: string
  search: URLSearchParams
  headers: Headers
  body: unknown
}
type Reply = Response | object | null | undefined
type Answer = Reply | ((call: Call) => Reply | Promise<Reply>)

/** What the server would answer, by `'GET /api/v1/session'`; a `*` segment stands for any. Undefined is 204. */
export type Answers = Record<string, Answer>

/** For pages that follow what happens, in tests where nothing does. */
const QUIET: Answers = {
  'GET /api/v1/sync': { cursor: 'e.0', viewer: null, contact_requests: null, notifications: null },
  'GET /api/v1/notifications/count': { unread: 0, position: 0 },
  'GET /api/v1/conversations': { items: [], next: null },
  'GET /api/v1/conversations/unread': { messages: 0, mentions: 0, quiet_until: null },
  'GET /api/v1/events': () => new Promise<never>(() => {}),
}

/**
 * A stand-in for the network, at `fetch`: everything of ours above it is real.
 * A call without an answer fails its test by a 501 and its name.
 */
export function serve(answers: Answers = {}) {
  const calls: Call[] = []
  const known = new Map<string, Answer>()
  const stub = async (input: RequestInfo | URL, init?: RequestInit) => {
    const call = await read(input instanceof Request ? input : new Request(new URL(input, location.origin), init))
    calls.push(call)
    const found = [...known].find(([pattern]) => matches(pattern, call))
    if (!found) return problem(501, 'no_answer', `${call.method} ${call.path}`)
    const reply = typeof found[1] === 'function' ? await found[1](call) : found[1]
    return reply instanceof Response ? reply.clone() : json(reply)
  }
  const give = (more: Answers) => {
    for (const [pattern, reply] of Object.entries(more)) known.set(pattern, reply)
  }
  beforeEach(() => {
    calls.length = 0
    known.clear()
    give({ ...QUIET, ...answers })
    forgetCsrfToken()
    vi.stubGlobal('fetch', stub)
  })
  afterEach(() => vi.unstubAllGlobals())
  return {
    calls,
    /** Answers of one test, beside or in place of the common ones. */
    give,
    /** Calls to one operation, such as `'POST /api/v1/me/tokens'`. */
    to: (pattern: string) => calls.filter((call) => matches(pattern, call)),
  }
}

/** An answer of `application/problem+json`. */
export function problem(
  status: number,
  code: string,
  title: string,
  more: { detail?: string; fields?: { path: string; code: string; message: string }[]; headers?: HeadersInit } = {},
): Response {
  const { headers, ...body } = more
  return new Response(
    JSON.stringify({ type: 'about:blank', code, title, status, request_id: 'test', fields: [], ...body }),
    {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
    },
  )
}

const json = (body: object | null | undefined) =>
  body === undefined ? new Response(null, { status: 204 }) : Response.json(body)

async function read(request: Request): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url)
  const text = await request.text()
  return {
    method: request.method,
    path: pathname,
    search: searchParams,
    headers: request.headers,
    body: text === '' ? undefined : parse(text),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function matches(pattern: string, call: Call): boolean {
  const [method, path = ''] = pattern.split(' ')
  const wanted = path.split('/')
  const given = call.path.split('/')
  return (
    method === call.method &&
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === '*' || segment === given[index])
  )
}
