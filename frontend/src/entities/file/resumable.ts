import type { DetailedError, HttpRequest } from 'tus-js-client'
import { answer, api } from '@/api/client'
import { csrfToken, forgetCsrfToken } from '@/api/csrf'
import { isProblem, Problem, Unreachable } from '@/api/problem'
import { currentLanguage } from '@/lib/language'
import { type UploadedFile, upload } from './upload'

const UPLOADS = '/api/v1/uploads'
/** A smaller file is sent in one piece: one request costs less than the three of an upload that can be resumed. */
export const WORTH_RESUMING = 4_000_000
const PIECE = 32 * 2 ** 20
const WAITS = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000]

export interface Sending {
  /** For whom it counts; oneself when absent. */
  destination?: string
  signal: AbortSignal
  /** From 0 to 1, as bytes leave. */
  onProgress: (part: number) => void
  /** Where it was being sent to before; it goes on from what the server has. */
  address?: string | undefined
  /** Told as soon as the server has a place for it: what resumes it, also after this page is closed. */
  onAddress: (address: string) => void
}

/** Sends a file; a large one by tus, so that a cut, a closed page or a server that was killed costs what was on the wire. */
export async function sendResumably(file: File, sending: Sending): Promise<UploadedFile> {
  if (file.size < WORTH_RESUMING && sending.address === undefined) return upload(file, sending)
  const address = await sendByPieces(file, sending)
  const { file: kept } = await answer(
    api.GET('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: idOf(address) } }, signal: sending.signal }),
  )
  if (kept === null) throw new Unreachable(undefined)
  return kept
}

/** What is left on the server of an upload that nobody goes on with goes at once. */
export async function abandon(address: string) {
  await answer(api.DELETE('/api/v1/uploads/{upload_id}', { params: { path: { upload_id: idOf(address) } } })).catch(
    () => {}, // It ends by itself after a day.
  )
}

async function sendByPieces(file: File, { destination, signal, onProgress, address, onAddress }: Sending) {
  const { Upload } = await import('tus-js-client')
  return new Promise<string>((resolve, reject) => {
    const sender = new Upload(file, {
      endpoint: UPLOADS,
      uploadUrl: address ?? null,
      metadata: { filename: file.name, ...(destination && { destination }) },
      chunkSize: PIECE,
      retryDelays: WAITS,
      storeFingerprintForResuming: false, // Whoever asks keeps the address, beside what the file is for.
      onBeforeRequest: sign,
      onShouldRetry: (error) => mayPass(error),
      onUploadUrlAvailable: () => sender.url && onAddress(sender.url),
      onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 0),
      onSuccess: () => resolve(sender.url ?? ''),
      onError: (error) => void meaningOf(error).then(reject),
    })
    signal.addEventListener('abort', () => {
      void sender.abort()
      reject(new DOMException('The upload was stopped.', 'AbortError'))
    })
    if (!signal.aborted) sender.start()
  })
}

async function sign(request: HttpRequest) {
  const token = await csrfToken()
  if (token !== null) request.setHeader('x-csrf-token', token)
  request.setHeader('accept-language', currentLanguage())
}

/** What the server refused stays refused; a token of an earlier session is asked for again. */
function mayPass({ originalResponse: response }: DetailedError): boolean {
  const status = response?.getStatus() ?? 0
  if (status === 403 && response?.getBody().includes('csrf_refused')) {
    forgetCsrfToken()
    return true
  }
  return status === 0 || status === 409 || status === 423 || status === 429 || (status >= 500 && status !== 507)
}

async function meaningOf(error: Error): Promise<Error> {
  const response = 'originalResponse' in error ? (error as DetailedError).originalResponse : null
  if (!response?.getStatus()) return new Unreachable(error)
  const said = await Problem.from(new Response(response.getBody(), { status: response.getStatus() }))
  return isProblem(said) ? said : error
}

const idOf = (address: string) => new URL(address, location.origin).pathname.split('/').at(-1) ?? ''
