import type { QueryClient } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { SignIn } from './SignIn'

const server = serve({
  'GET /api/v1/session': makeSession({ member: null, csrf_token: null }),
  'GET /api/v1/university-providers': { items: [], next: null },
  'POST /api/v1/sign-in-links': { status: 'asked' },
  'POST /api/v1/sign-in-links/code': { status: 'signed_in', csrf_token: 'csrf-1' },
  'POST /api/v1/sessions': { status: 'signed_in', csrf_token: 'csrf-1' },
  'POST /api/v1/sessions/second-factor': { status: 'signed_in', csrf_token: 'csrf-1' },
})

const show = (joinAddress: string | null = '/join') =>
  renderWithProviders(<SignIn next="/" resetAddress="/reset" joinAddress={joinAddress} />)

const linkField = () => screen.getAllByLabelText('Votre adresse électronique')[0] as HTMLElement

async function askForLink() {
  await userEvent.type(linkField(), ' ines@etu.valorne.example ')
  await userEvent.click(screen.getByRole('button', { name: 'Recevoir le lien' }))
  await screen.findByRole('heading', { level: 1, name: 'Consultez votre messagerie' })
}

async function givePassword() {
  await userEvent.click(screen.getByText('Autres façons'))
  const ways = within(screen.getByRole('group'))
  await userEvent.type(ways.getByLabelText('Votre adresse électronique'), 'ines@etu.valorne.example')
  await userEvent.type(ways.getByLabelText('Mot de passe'), 'trois mots en fleur')
  await userEvent.click(ways.getByRole('button', { name: 'Se connecter' }))
}

const signedInNow = () => server.give({ 'GET /api/v1/session': makeSession() })

/** What leads on from this page is the session that the application then reads. */
const isIn = (queryClient: QueryClient) =>
  waitFor(() => expect(queryClient.getQueryData(sessionQuery.queryKey)?.member?.given_name).toBe('Inès'))

test('a link is asked for, and the page says what to do with it', async () => {
  await show()
  await askForLink()
  expect(server.to('POST /api/v1/sign-in-links')[0]?.body).toEqual({ email: 'ines@etu.valorne.example' })
  expect(screen.getByText('ines@etu.valorne.example')).toBeInTheDocument()
  expect(screen.getByText(/Ouvrez-le dans ce navigateur/)).toBeInTheDocument()
})

test('the code shown by another browser opens the session here', async () => {
  const { queryClient } = await show()
  await askForLink()
  signedInNow()
  await userEvent.type(screen.getByLabelText('Code affiché là-bas'), 'BC2D-FG3H')
  await userEvent.click(screen.getByRole('button', { name: 'Valider le code' }))
  await isIn(queryClient)
  expect(server.to('POST /api/v1/sign-in-links/code')[0]?.body).toEqual({ code: 'BC2D-FG3H' })
})

test('a wrong code is said under its field, which takes the focus', async () => {
  server.give({
    'POST /api/v1/sign-in-links/code': problem(422, 'invalid', 'Formulaire incomplet', {
      fields: [{ path: 'code', code: 'wrong_code', message: 'Ce code n’est pas le bon.' }],
    }),
  })
  await show()
  await askForLink()
  await userEvent.type(screen.getByLabelText('Code affiché là-bas'), 'ZZZZ')
  await userEvent.click(screen.getByRole('button', { name: 'Valider le code' }))
  const field = await screen.findByRole('textbox', { description: /Ce code n’est pas le bon\./ })
  await waitFor(() => expect(field).toHaveFocus())
})

test('a link opened in another tab of this browser is noticed when this one is looked at', async () => {
  const { queryClient } = await show()
  await askForLink()
  signedInNow()
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await isIn(queryClient)
})

test('the link is sent again, or to another address', async () => {
  await show()
  await askForLink()
  await userEvent.click(screen.getByRole('button', { name: 'Renvoyer le lien' }))
  expect(await screen.findByText('Un nouveau lien est parti.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/sign-in-links')).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: 'Changer d’adresse' }))
  expect(linkField()).toHaveValue('ines@etu.valorne.example')
})

test('too many requests are said with their wait, and what was typed stays', async () => {
  server.give({
    'POST /api/v1/sign-in-links': problem(429, 'too_many_requests', 'Trop d’essais', {
      detail: 'Réessayez dans 40 secondes.',
    }),
  })
  await show()
  await userEvent.type(linkField(), 'ines@etu.valorne.example')
  await userEvent.click(screen.getByRole('button', { name: 'Recevoir le lien' }))
  expect(await screen.findByText('Réessayez dans 40 secondes.')).toBeInTheDocument()
  expect(linkField()).toHaveValue('ines@etu.valorne.example')
})

test('a password is behind « Autres façons », with the way to a forgotten one', async () => {
  const { container, queryClient } = await show()
  expect(container.querySelector('details')).not.toHaveAttribute('open')
  signedInNow()
  await givePassword()
  await isIn(queryClient)
  expect(server.to('POST /api/v1/sessions')[0]?.body).toEqual({
    email: 'ines@etu.valorne.example',
    password: 'trois mots en fleur',
  })
  expect(screen.getByRole('link', { name: 'Mot de passe oublié' })).toHaveAttribute('href', '/reset')
})

test('wrong credentials are said once, without saying which is wrong', async () => {
  server.give({
    'POST /api/v1/sessions': problem(401, 'wrong_credentials', 'Adresse ou mot de passe incorrect.'),
  })
  await show()
  await givePassword()
  expect(await screen.findByText('Adresse ou mot de passe incorrect.')).toBeInTheDocument()
})

describe('with a second factor', () => {
  beforeEach(() => {
    server.give({ 'POST /api/v1/sessions': { status: 'second_factor_required', ticket: 'ticket-1' } })
  })

  test('its code finishes the way in', async () => {
    const { queryClient } = await show()
    await givePassword()
    signedInNow()
    await userEvent.type(await screen.findByLabelText('Code à six chiffres'), '123456')
    await userEvent.click(screen.getByRole('button', { name: 'Vérifier' }))
    await isIn(queryClient)
    expect(server.to('POST /api/v1/sessions/second-factor')[0]?.body).toEqual({ ticket: 'ticket-1', code: '123456' })
  })

  test('a recovery code does too', async () => {
    await show()
    await givePassword()
    await userEvent.click(await screen.findByRole('button', { name: 'Utiliser un code de secours' }))
    await userEvent.type(screen.getByLabelText('Code de secours'), 'abcd-efgh')
    await userEvent.click(screen.getByRole('button', { name: 'Vérifier' }))
    await waitFor(() =>
      expect(server.to('POST /api/v1/sessions/second-factor')[0]?.body).toMatchObject({ code: 'abcd-efgh' }),
    )
  })

  test('a step that expired says so and starts again', async () => {
    server.give({ 'POST /api/v1/sessions/second-factor': problem(410, 'gone', 'Ce lien a expiré.') })
    await show()
    await givePassword()
    await userEvent.type(await screen.findByLabelText('Code à six chiffres'), '123456')
    await userEvent.click(screen.getByRole('button', { name: 'Vérifier' }))
    expect(await screen.findByText('Cette étape a expiré. Recommencez la connexion.')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Recommencer la connexion' }))
    expect(screen.getByRole('heading', { level: 1, name: 'Bienvenue sur Parvis' })).toBeInTheDocument()
  })
})

test('registering is offered only where it is open', async () => {
  const { rerender } = await show()
  expect(screen.getByRole('link', { name: 'Créer votre compte' })).toHaveAttribute('href', '/join')
  rerender(<SignIn next="/" resetAddress="/reset" joinAddress={null} />)
  expect(screen.queryByRole('link', { name: 'Créer votre compte' })).not.toBeInTheDocument()
})

test('a browser without passkeys is not offered any', async () => {
  await show()
  expect(screen.queryByRole('button', { name: 'Utiliser une clé d’accès' })).not.toBeInTheDocument()
})
