import createClient from 'openapi-fetch'
import { currentLanguage } from '@/lib/language'
import { csrfToken, forgetCsrfToken } from './csrf'
import { keptAnswers } from './kept'
import { Problem } from './problem'
import { reach } from './reach'
import type { paths } from './schema.gen'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Every operation of the server, typed from its own description. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: send,
})

/** What the operation gives, or the `Problem` it answered with, thrown: `answer(api.GET('/api/v1/session'))`. */
export async function answer<Data>(call: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  return (await call).data as Data
}

/** The same, and the version it is at: sent back as `If-Match`, it makes sure that nobody has changed it since. */
export async function answerWithVersion<Data>(
  call: Promise<{ data?: Data; response: Response }>,
): Promise<{ data: Data; version: string }> {
  const { data, response } = await call
  return { data: data as Data, version: response.headers.get('etag') ?? '' }
}

async function send(request: Request): Promise<Response> {
  request.headers.set('accept-language', currentLanguage())
  const response = SAFE.has(request.method) ? await read(request) : await write(request)
  if (!response.ok) throw await Problem.from(response)
  return response
}

/** What was last answered comes in the place of a server that is not reached. */
async function read(request: Request): Promise<Response> {
  const answers = keptAnswers()
  try {
    const response = await reach(request)
    answers.keep(request, response)
    return response
  } catch (error) {
    const kept = request.signal.aborted ? undefined : await answers.read(request)
    if (kept === undefined) throw error
    return kept
  }
}

/** A write whose token was of an earlier session is sent once more with the present one: the server refused it unread. */
async function write(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await reach(await signed(request))
  if (response.status !== 403 || !(await isCsrfRefusal(response.clone()))) return response
  forgetCsrfToken()
  return reach(await signed(again))
}

async function signed(request: Request): Promise<Request> {
  const token = await csrfToken()
  if (token !== null) request.headers.set('x-csrf-token', token)
  return request
}

const isCsrfRefusal = async (response: Response) => (await Problem.from(response)).code === 'csrf_refused'
