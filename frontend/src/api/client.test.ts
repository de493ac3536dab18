import { setLanguage } from '@/lib/language'
import { isOnline } from '@/lib/online'
import { makeOrganisation, makeSession } from '@/testing/make'
import { problem, serve } from '@/testing/server'
import { answer, api } from './client'
import { keepCsrfToken } from './csrf'
import { formErrors, isProblem, messageOf, Problem } from './problem'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation': makeOrganisation(),
  'DELETE /api/v1/session': undefined,
})

test('an answer is given as data, asked for in the interface’s language', async () => {
  setLanguage('en')
  const organisation = await answer(api.GET('/api/v1/organisation'))
  expect(organisation.name).toBe('Université de Valorne')
  expect(server.calls[0]?.headers.get('accept-language')).toBe('en')
  expect(server.calls[0]?.headers.get('x-csrf-token')).toBeNull()
})

test('a write carries the session’s token, asked for once', async () => {
  await answer(api.DELETE('/api/v1/session'))
  await answer(api.DELETE('/api/v1/session'))
  expect(server.to('GET /api/v1/session')).toHaveLength(1)
  expect(server.to('DELETE /api/v1/session').map((call) => call.headers.get('x-csrf-token'))).toEqual([
    'csrf-1',
    'csrf-1',
  ])
})

test('a token of an earlier session is replaced, and the write sent once more', async () => {
  keepCsrfToken('of-yesterday')
  server.give({
    'DELETE /api/v1/session': (call) =>
      call.headers.get('x-csrf-token') === 'csrf-1' ? undefined : problem(403, 'csrf_refused', 'Page trop ancienne'),
  })
  await answer(api.DELETE('/api/v1/session'))
  expect(server.to('DELETE /api/v1/session')).toHaveLength(2)
})

test('a refusal that lasts is not repeated for ever', async () => {
  server.give({ 'DELETE /api/v1/session': () => problem(403, 'csrf_refused', 'Page trop ancienne') })
  await expect(answer(api.DELETE('/api/v1/session'))).rejects.toMatchObject({ code: 'csrf_refused' })
  expect(server.to('DELETE /api/v1/session')).toHaveLength(2)
})

test('a problem is thrown with its code, its words and its wait', async () => {
  server.give({
    'GET /api/v1/organisation': problem(429, 'too_many_requests', 'Trop d’essais', {
      detail: 'Réessayez dans une minute.',
      headers: { 'retry-after': '60' },
    }),
  })
  const fault = await answer(api.GET('/api/v1/organisation')).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Problem)
  expect(isProblem(fault, 'too_many_requests')).toBe(true)
  expect(fault).toMatchObject({ status: 429, title: 'Trop d’essais', retryAfter: 60 })
  expect(messageOf(fault)).toBe('Réessayez dans une minute.')
})

test('a page of some proxy becomes a plain sentence', async () => {
  server.give({ 'GET /api/v1/organisation': new Response('<html>Bad gateway</html>', { status: 502 }) })
  const fault = await answer(api.GET('/api/v1/organisation')).catch((error: unknown) => error)
  expect(fault).toMatchObject({ status: 502, code: 'unexpected' })
  expect(messageOf(fault)).toMatch(/^Le serveur n’a pas répondu/)
})

test('no network is said as such, and the return is noticed', async () => {
  vi.useFakeTimers()
  const works = globalThis.fetch
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const fault = await answer(api.GET('/api/v1/organisation')).catch((error: unknown) => error)
  expect(messageOf(fault)).toMatch(/^Le serveur n’est pas joignable/)
  expect(isOnline()).toBe(false)
  vi.stubGlobal('fetch', works)
  await vi.advanceTimersByTimeAsync(2_000)
  await vi.waitFor(() => expect(isOnline()).toBe(true))
})

test('wrong fields go to their place on the form, the others to its top', () => {
  const fault = new Problem({
    type: 'about:blank',
    code: 'invalid',
    title: 'Formulaire incomplet',
    status: 422,
    request_id: 'r',
    fields: [
      { path: 'email', code: 'missing', message: 'Ce champ est nécessaire.' },
      { path: 'domains/0', code: 'invalid', message: 'Ce domaine n’existe pas.' },
      { path: 'hidden', code: 'invalid', message: 'Valeur inconnue.' },
    ],
  })
  expect(formErrors(fault, ['email', 'domains'])).toEqual({
    fields: { email: 'Ce champ est nécessaire.', domains: 'Ce domaine n’existe pas.' },
    form: 'Valeur inconnue.',
  })
  expect(formErrors(null, ['email'])).toEqual({ fields: {}, form: null })
  expect(formErrors(new Error('secret trace'), ['email']).form).not.toContain('secret')
})
