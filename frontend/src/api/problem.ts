import { translator } from '@/lib/i18n'
import type { components } from './schema.gen'
import { texts } from './texts'

/** `detail` is absent when there is nothing to add. */
type ProblemBody = Pick<
  components['schemas']['Problem'],
  'type' | 'code' | 'title' | 'status' | 'request_id' | 'fields'
> & { detail?: string | null }
export type FieldProblem = components['schemas']['FieldProblem']

/** What the server refused and why (RFC 9457): `code` is for programs, `message` for people, in their language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  readonly fields: readonly FieldProblem[]
  readonly requestId: string
  /** Seconds before another try makes sense. */
  readonly retryAfter: number | undefined

  constructor(body: ProblemBody, retryAfter?: number) {
    super(body.detail ?? body.title)
    this.status = body.status
    this.code = body.code
    this.title = body.title
    this.detail = body.detail ?? undefined
    this.fields = body.fields ?? []
    this.requestId = body.request_id
    this.retryAfter = retryAfter
  }

  static async from(response: Response): Promise<Problem> {
    const body = await readBody(response)
    const wait = Number(response.headers.get('retry-after'))
    return new Problem(body, wait > 0 ? wait : undefined)
  }
}

/** An error whose message is written for people, in their language, though the server did not write it. */
export class PlainError extends Error {}

/** The server could not be reached at all: nothing was refused, and it may be tried again. */
export class Unreachable extends PlainError {
  override readonly name = 'Unreachable'

  constructor(cause: unknown) {
    super(translator(texts)('unreachable'), { cause })
  }
}

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code)

/** What to tell a person about any error: never a trace, never a code. */
export function messageOf(error: unknown): string {
  return error instanceof Problem || error instanceof PlainError ? error.message : translator(texts)('unexpected')
}

export interface FormErrors<Path extends string> {
  /** Under each field of the form. */
  fields: Partial<Record<Path, string>>
  /** For the form as a whole: what no field of it can show. */
  form: string | null
}

/** Sorts an error onto a form: `formErrors(mutation.error, ['email', 'password'])`. */
export function formErrors<const Path extends string>(error: unknown, paths: readonly Path[]): FormErrors<Path> {
  if (error === null || error === undefined) return { fields: {}, form: null }
  if (!(error instanceof Problem) || error.fields.length === 0) return { fields: {}, form: messageOf(error) }
  const fields: Partial<Record<Path, string>> = {}
  const elsewhere: string[] = []
  for (const { path, message } of error.fields) {
    const place = paths.find((one) => path === one || path.startsWith(`${one}/`))
    if (place === undefined) elsewhere.push(message)
    else fields[place] ??= message
  }
  return { fields, form: elsewhere.length > 0 ? elsewhere.join(' ') : null }
}

async function readBody(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json()
    if (isProblemBody(body)) return body
  } catch {
    // Something between us and the server answered with a page of its own.
  }
  return {
    type: 'about:blank',
    code: 'unexpected',
    title: translator(texts)('unexpected'),
    status: response.status,
    request_id: response.headers.get('x-request-id') ?? '',
    fields: [],
  }
}

const isProblemBody = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'status' in body
