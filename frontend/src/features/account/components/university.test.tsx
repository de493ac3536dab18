import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { SignIn } from './SignIn'
import { UniversityReturn } from './UniversityReturn'

const STATE = 's'.repeat(43)
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/university-providers': {
    items: [{ key: 'valorne', name: { fr: 'l’Université de Valorne', en: 'the University of Valorne' } }],
    next: null,
  },
  'POST /api/v1/university-sign-ins': { authorization_url: `https://idp.valorne.example/authorize?state=${STATE}` },
  'POST /api/v1/sessions/university': { status: 'signed_in', csrf_token: 'csrf-1' },
  'PUT /api/v1/session/proof/university': { proved_until: '2026-12-03T08:10:00Z', kinds: ['university'] },
})

const onIn = vi.fn()
const wentTo: string[] = []
beforeEach(() => {
  onIn.mockClear()
  wentTo.length = 0
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    wentTo.push(this.href)
  })
  sessionStorage.clear()
})

const remember = (errand: object) =>
  sessionStorage.setItem('parvis.university', JSON.stringify({ state: STATE, ...errand }))
const comeBack = (query = `?code=c0de&state=${STATE}&iss=https%3A%2F%2Fidp.valorne.example`) =>
  renderWithProviders(
    <UniversityReturn provider="valorne" onIn={onIn} signInAddress="/sign-in" securityAddress="/settings/security" />,
    { at: `/door/university/valorne${query}` },
  )

test('the university comes first, and this tab leaves for it', async () => {
  await renderWithProviders(<SignIn next="/settings" resetAddress="/reset" joinAddress={null} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Se connecter avec l’Université de Valorne' }))
  await waitFor(() => expect(wentTo).toEqual([`https://idp.valorne.example/authorize?state=${STATE}`]))
  expect(server.to('POST /api/v1/university-sign-ins')[0]?.body).toEqual({ provider: 'valorne' })
  expect(screen.getByText('Diplômé ou diplômée, sans compte actif')).toBeInTheDocument()
  await comeBack()
  await waitFor(() => expect(onIn).toHaveBeenCalledWith('/settings'))
})

test('a university that does not answer is said to, and another way can be taken', async () => {
  server.give({ 'POST /api/v1/university-sign-ins': problem(503, 'provider_unavailable', 'Elle ne répond pas.') })
  await renderWithProviders(<SignIn next="/" resetAddress="/reset" joinAddress={null} />)
  await userEvent.click(await screen.findByRole('button', { name: /^Se connecter avec/ }))
  expect(await screen.findByText('Elle ne répond pas.')).toBeInTheDocument()
  expect(wentTo).toEqual([])
})

test('its answer is handed over once, and leaves the address', async () => {
  const { location } = await comeBack()
  await waitFor(() => expect(onIn).toHaveBeenCalledWith('/'))
  expect(location()).toBe('/door/university/valorne')
  expect(server.to('POST /api/v1/sessions/university').map(({ body }) => body)).toEqual([
    { provider: 'valorne', state: STATE, code: 'c0de', error: null, iss: 'https://idp.valorne.example' },
  ])
})

test('a second factor is still asked for', async () => {
  server.give({
    'POST /api/v1/sessions/university': { status: 'second_factor_required', ticket: 'ticket-1' },
    'POST /api/v1/sessions/second-factor': { status: 'signed_in', csrf_token: 'csrf-1' },
  })
  await comeBack()
  await userEvent.type(await screen.findByLabelText('Code à six chiffres'), '123456{Enter}')
  await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
})

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'a page that is not ours is not gone on to: %s',
  async (next) => {
    remember({ wish: 'sign_in', next })
    await comeBack()
    await waitFor(() => expect(onIn).toHaveBeenCalledWith('/'))
  },
)

test.each([
  ['identity_unknown', 'Pas encore de compte à votre nom'],
  ['gone', 'Cette connexion ne vaut plus'],
  ['university_declined', 'La connexion n’a pas été confirmée'],
  ['identity_refused', 'La connexion n’a pas abouti'],
  ['account_closed', 'La connexion n’a pas abouti'],
])('%s has its words, and the way back', async (code, title) => {
  server.give({ 'POST /api/v1/sessions/university': problem(403, code, 'Ce que dit le serveur.') })
  await comeBack()
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Aller à la connexion' })).toHaveAttribute('href', '/sign-in')
  expect(onIn).not.toHaveBeenCalled()
})

test('what the university would not confirm is told to the server', async () => {
  server.give({ 'POST /api/v1/sessions/university': problem(403, 'university_declined', 'Non.') })
  await comeBack(`?error=access_denied&state=${STATE}`)
  await screen.findByRole('heading', { level: 1, name: 'La connexion n’a pas été confirmée' })
  expect(server.to('POST /api/v1/sessions/university')[0]?.body).toMatchObject({ code: null, error: 'access_denied' })
})

test('the page opened by itself says so, and asks nothing', async () => {
  await comeBack('')
  expect(screen.getByRole('heading', { level: 1, name: /^Cette page ne s’ouvre que/ })).toBeInTheDocument()
  expect(server.calls).toEqual([])
})

test('a proof goes back to the page that wanted it', async () => {
  remember({ wish: 'prove', next: '/settings/security' })
  await comeBack()
  await waitFor(() => expect(onIn).toHaveBeenCalledWith('/settings/security'))
  expect(server.to('PUT /api/v1/session/proof/university')).toHaveLength(1)
  expect(server.to('POST /api/v1/sessions/university')).toHaveLength(0)
})

test('an identity is linked, or said to be another account’s', async () => {
  server.give({ 'PUT /api/v1/me/university-identity': {} })
  remember({ wish: 'link', next: '/settings/security' })
  const { unmount } = await comeBack()
  expect(await screen.findByRole('heading', { name: 'Votre identité universitaire est reliée' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Aller aux réglages' })).toHaveAttribute('href', '/settings/security')
  unmount()
  server.give({ 'PUT /api/v1/me/university-identity': problem(409, 'identity_taken', 'Elle ouvre un autre compte.') })
  await comeBack()
  expect(await screen.findByText('Elle ouvre un autre compte.')).toBeInTheDocument()
})
