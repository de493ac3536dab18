import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { signInWithLink } from '../doors'
import { AddressReversal } from './AddressReversal'
import { ConfirmLink } from './ConfirmLink'

const TOKEN = 'a'.repeat(43)
const server = serve({
  'GET /api/v1/session': makeSession(),
  'POST /api/v1/sign-in-links/confirmation': { status: 'signed_in', csrf_token: 'csrf-1' },
  'POST /api/v1/me/addresses/reversal': undefined,
})

const onIn = vi.fn()
beforeEach(() => {
  onIn.mockClear()
})

const open = (at: string) =>
  renderWithProviders(
    <ConfirmLink
      title="Votre lien"
      lead="Il ne sert qu’une fois."
      action="Se connecter"
      spend={signInWithLink}
      onIn={onIn}
      signInAddress="/sign-in"
      askAgainAt="/ask"
    />,
    { at },
  )
const press = () => userEvent.click(screen.getByRole('button', { name: 'Se connecter' }))

test('a link is spent by a press, never by opening the page', async () => {
  await open(`/door/sign-in#${TOKEN}`)
  expect(server.calls).toEqual([])
  await press()
  await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
  expect(server.to('POST /api/v1/sign-in-links/confirmation')[0]?.body).toEqual({ token: TOKEN })
})

test('its secret leaves the address at once, and goes nowhere else', async () => {
  const { location } = await open(`/door/sign-in#${TOKEN}`)
  await waitFor(() => expect(location()).toBe('/door/sign-in'))
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(TOKEN)
})

test('a link without its secret says so and leads to another one', async () => {
  await open('/door/sign-in')
  expect(screen.getByRole('heading', { level: 1, name: 'Ce lien est incomplet' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Demander un autre lien' })).toHaveAttribute('href', '/ask')
})

test('a spent or expired link says so and leads to another one', async () => {
  server.give({ 'POST /api/v1/sign-in-links/confirmation': problem(410, 'gone', 'Expiré') })
  await open(`/door/sign-in#${TOKEN}`)
  await press()
  expect(await screen.findByRole('heading', { level: 1, name: 'Ce lien ne vaut plus' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Demander un autre lien' })).toHaveAttribute('href', '/ask')
  expect(onIn).not.toHaveBeenCalled()
})

test('another browser than the one that asked shows a code to carry', async () => {
  server.give({ 'POST /api/v1/sign-in-links/confirmation': { status: 'other_browser', code: 'BC2D-FG3H' } })
  await open(`/door/sign-in#${TOKEN}`)
  await press()
  expect(await screen.findByText('BC2D-FG3H')).toBeInTheDocument()
  expect(screen.getByText(/ne donnez ce code à personne/)).toBeInTheDocument()
  expect(onIn).not.toHaveBeenCalled()
})

test('a second factor is still asked for', async () => {
  server.give({
    'POST /api/v1/sign-in-links/confirmation': { status: 'second_factor_required', ticket: 'ticket-1' },
    'POST /api/v1/sessions/second-factor': { status: 'signed_in', csrf_token: 'csrf-1' },
  })
  await open(`/door/sign-in#${TOKEN}`)
  await press()
  await userEvent.type(await screen.findByLabelText('Code à six chiffres'), '123456{Enter}')
  await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
})

test('an address that has an account already leads to signing in', async () => {
  server.give({ 'POST /api/v1/sign-in-links/confirmation': problem(409, 'address_taken', 'Déjà prise') })
  await open(`/door/verify#${TOKEN}`)
  await press()
  expect(await screen.findByRole('heading', { name: 'Cette adresse a déjà un compte' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Aller à la connexion' })).toHaveAttribute('href', '/sign-in')
})

test('a closed account says what the server says', async () => {
  server.give({ 'POST /api/v1/sign-in-links/confirmation': problem(403, 'account_closed', 'Ce compte est fermé.') })
  await open(`/door/sign-in#${TOKEN}`)
  await press()
  expect(await screen.findByRole('heading', { level: 1, name: 'Ce compte est fermé.' })).toBeInTheDocument()
})

test('without network the link is kept, and can be pressed again', async () => {
  const works = globalThis.fetch
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await open(`/door/sign-in#${TOKEN}`)
  await press()
  expect(await screen.findByText(/Le serveur n’est pas joignable/)).toBeInTheDocument()
  vi.stubGlobal('fetch', works)
  await press()
  await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
})

test('taking an address back says what it does before it does it', async () => {
  await renderWithProviders(<AddressReversal signInAddress="/sign-in" />, { at: `/door/address-reversal#${TOKEN}` })
  expect(screen.getByText(/Toutes les sessions se ferment/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Reprendre mon adresse' }))
  expect(await screen.findByRole('heading', { name: 'Votre adresse est de nouveau la vôtre' })).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/addresses/reversal')[0]?.body).toEqual({ token: TOKEN })
})

test('after seven days the institution is the one to ask', async () => {
  server.give({ 'POST /api/v1/me/addresses/reversal': problem(410, 'gone', 'Expiré') })
  await renderWithProviders(<AddressReversal signInAddress="/sign-in" />, { at: `/door/address-reversal#${TOKEN}` })
  await userEvent.click(screen.getByRole('button', { name: 'Reprendre mon adresse' }))
  expect(await screen.findByText(/Adressez-vous à votre établissement/)).toBeInTheDocument()
})
