import { csrfToken, forgetCsrfToken } from '@/api/csrf'
import { isProblem, Problem, Unreachable } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { currentLanguage } from '@/lib/language'

export type UploadedFile = components['schemas']['FileOut']

interface UploadOptions {
  /** From 0 to 1, as bytes leave. */
  onProgress?: (part: number) => void
  signal?: AbortSignal
  /** For whom it counts, such as `folder:` and its id; oneself when absent. */
  destination?: string
}

/** Sends a file as it is. `fetch` cannot tell how far an upload is, so this goes by XMLHttpRequest. */
export async function upload(file: File, options: UploadOptions = {}): Promise<UploadedFile> {
  try {
    return await send(file, options)
  } catch (error) {
    if (!isProblem(error, 'csrf_refused')) throw error
    forgetCsrfToken()
    return send(file, options)
  }
}

async function send(file: File, { onProgress, signal, destination }: UploadOptions): Promise<UploadedFile> {
  const token = await csrfToken()
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', destination ? `/api/v1/files?destination=${encodeURIComponent(destination)}` : '/api/v1/files')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('content-disposition', `attachment; filename*=UTF-8''${encodeName(file.name)}`)
    request.setRequestHeader('accept-language', currentLanguage())
    if (token !== null) request.setRequestHeader('x-csrf-token', token)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0)
    request.onload = async () => {
      const response = answered(request)
      if (response.ok) resolve((await response.json()) as UploadedFile)
      else reject(await Problem.from(response))
    }
    request.onerror = () => reject(new Unreachable(undefined))
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

/** `encodeURIComponent` leaves five characters that RFC 8187 (section 3.2.1) wants encoded. */
export const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function answered(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['content-type', 'retry-after', 'x-request-id']) {
    const value = request.getResponseHeader(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(request.responseText, { status: request.status, headers })
}
