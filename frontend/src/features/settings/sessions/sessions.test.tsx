import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeOpenSession, makeToken, pageOf } from '@/testing/makeAccount'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Sessions } from './Sessions'
import { Tokens } from './Tokens'

const here = makeOpenSession({ is_current: true })
const phone = makeOpenSession({ browser: 'Safari', system: 'iOS', network: '2001:db8:1:2::/64' })
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/sessions': pageOf(phone, here),
  'GET /api/v1/me/tokens': pageOf(),
  'GET /api/v1/oauth/scopes': {
    items: [
      { name: 'account:read', description: 'Lire votre compte.' },
      { name: 'account:write', description: 'Modifier votre compte.' },
    ],
  },
})
const rows = async (name: string) => within(await screen.findByRole('list', { name })).getAllByRole('listitem')
const row = async (name: string) =>
  (await screen.findByRole('heading', { level: 3, name })).closest('li') as HTMLElement

test('this device comes first and cannot be signed out here', async () => {
  await renderWithProviders(<Sessions />)
  const headings = await screen.findAllByRole('heading', { level: 3 })
  expect(headings.map((one) => one.textContent)).toEqual(['Firefox sur Linux', 'Safari sur iOS'])
  const first = await row('Firefox sur Linux')
  expect(within(first).getByText('Cet appareil')).toBeInTheDocument()
  expect(within(first).queryByRole('button')).not.toBeInTheDocument()
  expect(await row('Safari sur iOS')).toHaveTextContent(/Vue : 1er mars 2025.*Réseau : 2001:db8:1:2::\/64/)
})

test('devices are named as far as they are known', async () => {
  server.give({
    'GET /api/v1/me/sessions': pageOf(
      here,
      makeOpenSession({ kind: 'mobile', browser: null }),
      makeOpenSession({ browser: null, system: null }),
      makeOpenSession({ browser: null, system: 'Windows' }),
    ),
  })
  await renderWithProviders(<Sessions />)
  for (const name of ['Application mobile', 'Appareil inconnu', 'Windows'])
    expect(await screen.findByRole('heading', { name })).toBeInTheDocument()
})

test('one other session is ended after asking', async () => {
  server.give({
    'DELETE /api/v1/me/sessions/*': () => {
      server.give({ 'GET /api/v1/me/sessions': pageOf(here) })
      return undefined
    },
  })
  await renderWithProviders(<Sessions />)
  await userEvent.click(await screen.findByRole('button', { name: 'Déconnecter Safari sur iOS' }))
  const dialog = await screen.findByRole('dialog', { name: 'Déconnecter cet appareil' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Déconnecter' }))
  const result = await screen.findByText('Appareil déconnecté.')
  await waitFor(() => expect(result.closest('[role="status"]')).toHaveFocus())
  expect(server.to('DELETE /api/v1/me/sessions/*')[0]?.path).toContain(phone.id)
  expect(await screen.findByText('Aucune autre session n’est ouverte.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Déconnecter les autres' })).not.toBeInTheDocument()
})

test('all the others are ended at once', async () => {
  server.give({ 'DELETE /api/v1/me/sessions': undefined })
  await renderWithProviders(<Sessions />)
  await userEvent.click(await screen.findByRole('button', { name: 'Déconnecter les autres' }))
  const dialog = await screen.findByRole('dialog', { name: 'Déconnecter les autres appareils' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Déconnecter les autres' }))
  expect(await screen.findByText('Les autres appareils sont déconnectés.')).toBeInTheDocument()
})

test('a long list goes on when asked', async () => {
  server.give({
    'GET /api/v1/me/sessions': ({ search }) =>
      search.get('cursor') === 'c2' ? pageOf(phone) : { items: [here], next: 'c2' },
  })
  await renderWithProviders(<Sessions />)
  await userEvent.click(await screen.findByRole('button', { name: 'Voir plus' }))
  expect(await screen.findByRole('heading', { name: 'Safari sur iOS' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Voir plus' })).not.toBeInTheDocument()
})

test('a token is made for what was ticked, shown once, and copied', async () => {
  const user = userEvent.setup()
  server.give({
    'POST /api/v1/me/tokens': () => {
      server.give({ 'GET /api/v1/me/tokens': pageOf(makeToken()) })
      return { ...makeToken(), token: 'parvis_pat_secret' }
    },
  })
  await renderWithProviders(<Tokens />)
  await user.click(await screen.findByRole('button', { name: 'Créer un jeton' }))
  expect(screen.getByLabelText('Nom')).toHaveFocus()
  await user.type(screen.getByLabelText('Nom'), 'Calendrier')
  await user.selectOptions(screen.getByLabelText('Durée'), 'Un an')
  await user.click(screen.getByRole('button', { name: 'Créer le jeton' }))
  expect(await screen.findByText('Cochez au moins une autorisation.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/tokens')).toHaveLength(0)
  await user.click(screen.getByRole('checkbox', { name: 'Lire votre compte.' }))
  await user.click(screen.getByRole('button', { name: 'Créer le jeton' }))
  const field = await screen.findByLabelText('Jeton')
  expect(field).toHaveValue('parvis_pat_secret')
  expect(field).toHaveFocus()
  expect(server.to('POST /api/v1/me/tokens')[0]?.body).toEqual({
    name: 'Calendrier',
    scopes: ['account:read'],
    days: 365,
  })
  await user.click(screen.getByRole('button', { name: 'Copier le jeton' }))
  expect(await navigator.clipboard.readText()).toBe('parvis_pat_secret')
  await user.click(screen.getByRole('button', { name: 'Je l’ai copié' }))
  expect(screen.queryByDisplayValue('parvis_pat_secret')).not.toBeInTheDocument()
  expect(await rows('Jetons d’accès')).toHaveLength(2) // The token, and its one scope below it.
})

test('a token says what it may do and until when, in words', async () => {
  server.give({
    'GET /api/v1/me/tokens': pageOf(
      makeToken({ used_at: '2025-04-02T08:10:00Z' }),
      makeToken({ name: 'Ancien', expires_at: '2025-01-01T00:00:00Z', scopes: ['gone:read'] }),
    ),
  })
  await renderWithProviders(<Tokens />)
  const held = await row('Calendrier')
  expect(held).toHaveTextContent(/Expire le 1er janvier 2099/)
  expect(held).toHaveTextContent(/Utilisé : 2 avril 2025/)
  expect(await within(held).findByText('Lire votre compte.')).toBeInTheDocument()
  const old = await row('Ancien')
  expect(within(old).getByText('Expiré')).toBeInTheDocument()
  expect(within(old).getByText('gone:read')).toBeInTheDocument()
})

test('a token is revoked after asking, and a failure says why', async () => {
  server.give({
    'GET /api/v1/me/tokens': pageOf(makeToken()),
    'DELETE /api/v1/me/tokens/*': problem(404, 'not_found', 'Ce jeton n’existe plus.'),
  })
  await renderWithProviders(<Tokens />)
  await userEvent.click(await screen.findByRole('button', { name: 'Révoquer Calendrier' }))
  const dialog = await screen.findByRole('dialog', { name: 'Révoquer ce jeton' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Révoquer' }))
  expect(await within(dialog).findByText('Ce jeton n’existe plus.')).toBeInTheDocument()
  server.give({ 'DELETE /api/v1/me/tokens/*': undefined })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Révoquer' }))
  expect(await screen.findByText('Jeton révoqué.')).toBeInTheDocument()
})

test('a refused copy says what to do instead', async () => {
  const user = userEvent.setup()
  server.give({ 'POST /api/v1/me/tokens': { ...makeToken(), token: 'parvis_pat_secret' } })
  await renderWithProviders(<Tokens />)
  await user.click(await screen.findByRole('button', { name: 'Créer un jeton' }))
  await user.type(screen.getByLabelText('Nom'), 'Calendrier')
  await user.click(await screen.findByRole('checkbox', { name: 'Lire votre compte.' }))
  await user.click(screen.getByRole('button', { name: 'Créer le jeton' }))
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'))
  await user.click(await screen.findByRole('button', { name: 'Copier le jeton' }))
  expect(await screen.findByText(/sélectionnez le texte et copiez-le/)).toBeInTheDocument()
})
