import { vi } from 'vitest'

/** The network of uploads, as XMLHttpRequest shows it: each request is answered by the next of `answers`. */
export function network(...answers: (Response | 'lost')[]) {
  const sent: { headers: Record<string, string>; body: unknown }[] = []
  class Request {
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
    status = 0
    responseText = ''
    onload?: () => void
    onerror?: () => void
    private headers: Record<string, string> = {}
    private answer?: Response
    open() {}
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value
    }
    getResponseHeader = (name: string) => this.answer?.headers.get(name) ?? null
    async send(body: unknown) {
      sent.push({ headers: this.headers, body })
      const answer = answers.shift()
      this.upload.onprogress?.({ loaded: 1, total: 4 })
      if (answer === undefined || answer === 'lost') return this.onerror?.()
      this.answer = answer
      this.status = answer.status
      this.responseText = await answer.text()
      this.onload?.()
    }
  }
  vi.stubGlobal('XMLHttpRequest', Request)
  return sent
}
