import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeAddress, makeMe, pageOf } from '@/testing/makeAccount'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { AddressConfirmation } from './AddressConfirmation'
import { Addresses } from './Addresses'
import { Identity } from './Identity'

const institutional = makeAddress({
  email: 'ines.benali@valorne.example',
  kind: 'institutional',
  is_primary: true,
  abilities: [],
})
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/addresses': pageOf(institutional),
})

const at = (version: string, more: Parameters<typeof makeMe>[0] = {}) =>
  Response.json(makeMe({ id: 'me', ...more }), { headers: { etag: `"${version}"` } })

test('a name is saved at the version that was read', async () => {
  server.give({
    'GET /api/v1/me': at('1'),
    'PATCH /api/v1/me': () => at('2', { name: 'Inès B.' }),
  })
  await renderWithProviders(<Identity />)
  const name = await screen.findByLabelText('Nom')
  await userEvent.clear(name)
  await userEvent.type(name, 'Inès B.{Enter}')
  expect(await screen.findByText('Enregistré.')).toBeInTheDocument()
  const [sent] = server.to('PATCH /api/v1/me')
  expect(sent?.body).toEqual({ name: 'Inès B.' })
  expect(sent?.headers.get('if-match')).toBe('"1"')
})

test('what somebody else changed meanwhile is told, and what was typed is kept until the person decides', async () => {
  let now = at('1')
  server.give({
    'GET /api/v1/me': () => now,
    'PATCH /api/v1/me': ({ headers }) =>
      headers.get('if-match') === '"2"'
        ? at('3', { name: 'Inès B.' })
        : problem(412, 'precondition_failed', 'Quelqu’un a modifié ceci entre-temps.'),
  })
  await renderWithProviders(<Identity />)
  const name = await screen.findByLabelText('Nom')
  await userEvent.clear(name)
  await userEvent.type(name, 'Inès B.')
  now = at('2', { name: 'Inès Benali-Roy' })
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  await waitFor(() => expect(screen.getByText(/modifié entre-temps/)).toHaveTextContent('« Inès Benali-Roy »'))
  expect(name).toHaveValue('Inès B.')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer quand même' }))
  expect(await screen.findByText('Enregistré.')).toBeInTheDocument()
})

test('a person may rather take what is saved', async () => {
  let now = at('1')
  server.give({
    'GET /api/v1/me': () => now,
    'PATCH /api/v1/me': problem(412, 'precondition_failed', 'Modifié'),
  })
  await renderWithProviders(<Identity />)
  await userEvent.type(await screen.findByLabelText('Nom'), ' II')
  now = at('2', { name: 'Inès Benali-Roy' })
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Reprendre ce qui est enregistré' }))
  await waitFor(() => expect(screen.getByLabelText('Nom')).toHaveValue('Inès Benali-Roy'))
  expect(screen.queryByText(/modifié entre-temps/)).not.toBeInTheDocument()
})

test('a refused name is told under its field', async () => {
  server.give({
    'GET /api/v1/me': at('1'),
    'PATCH /api/v1/me': problem(422, 'invalid', 'Refusé', {
      fields: [{ path: 'name', code: 'too_short', message: 'Il manque un nom.' }],
    }),
  })
  await renderWithProviders(<Identity />)
  const name = await screen.findByLabelText('Nom')
  await userEvent.clear(name)
  await userEvent.type(name, '{Enter}')
  await waitFor(() => expect(name).toHaveAccessibleDescription(/Il manque un nom\.$/))
  expect(name).toHaveFocus()
})

test('who has several publics chooses the one shown, the others are not asked', async () => {
  server.give({
    'GET /api/v1/me': at('1', { publics: ['student', 'alum'] }),
    'PATCH /api/v1/me': at('2', { publics: ['student', 'alum'], public: 'alum', shown_public: 'alum' }),
  })
  const shown = await renderWithProviders(<Identity />)
  await userEvent.click(await screen.findByRole('radio', { name: 'Alumni' }))
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  await screen.findByText('Enregistré.')
  expect(server.to('PATCH /api/v1/me')[0]?.body).toMatchObject({ shown_public: 'alum' })
  shown.unmount()
  server.give({ 'GET /api/v1/me': at('1') })
  await renderWithProviders(<Identity />)
  await screen.findByLabelText('Nom')
  expect(screen.queryByRole('radio')).not.toBeInTheDocument()
})

test('an account that does not load can be asked for again', async () => {
  server.give({ 'GET /api/v1/me': problem(503, 'unavailable', 'Le serveur se repose.') })
  await renderWithProviders(<Identity />)
  expect(await screen.findByText('Le serveur se repose.')).toBeInTheDocument()
  server.give({ 'GET /api/v1/me': at('1') })
  await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }))
  expect(await screen.findByLabelText('Nom')).toHaveValue('Inès Benali')
})

test('an address is added, and what to do next is said', async () => {
  const added = makeAddress({ verified_at: null, abilities: ['confirm', 'remove'] })
  server.give({
    'POST /api/v1/me/addresses': () => {
      server.give({ 'GET /api/v1/me/addresses': pageOf(institutional, added) })
      return added
    },
  })
  await renderWithProviders(<Addresses />)
  expect(await screen.findByText(/^Ajoutez une adresse personnelle.:/)).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Ajouter une adresse'), 'ines@perso.example{Enter}')
  expect(await screen.findByText(/^Un lien est parti à ines@perso\.example/)).toBeInTheDocument()
  expect(screen.getByLabelText('Ajouter une adresse')).toHaveValue('')
  const row = (await screen.findByRole('heading', { name: 'ines@perso.example' })).closest('li') as HTMLElement
  expect(within(row).getByText('À confirmer')).toBeInTheDocument()
  await userEvent.click(within(row).getByRole('button', { name: 'Renvoyer le lien' }))
  expect(await screen.findByText('Un nouveau lien est parti à ines@perso.example.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/addresses')).toHaveLength(2)
})

test('what may be done with an address is what the server says', async () => {
  server.give({ 'GET /api/v1/me/addresses': pageOf(institutional, makeAddress()) })
  await renderWithProviders(<Addresses />)
  const main = (await screen.findByRole('heading', { name: institutional.email })).closest('li') as HTMLElement
  expect(within(main).getByText('Principale')).toBeInTheDocument()
  expect(within(main).queryByRole('button')).not.toBeInTheDocument()
  expect(screen.getByText('Votre adresse personnelle vous restera après l’université.')).toBeInTheDocument()
})

test('another address becomes the main one', async () => {
  const personal = makeAddress()
  server.give({
    'GET /api/v1/me/addresses': pageOf(institutional, personal),
    'PUT /api/v1/me/addresses/*/primary': { ...personal, is_primary: true },
  })
  await renderWithProviders(<Addresses />)
  await userEvent.click(await screen.findByRole('button', { name: 'Rendre principale' }))
  expect(await screen.findByText('ines@perso.example est maintenant votre adresse principale.')).toBeInTheDocument()
  expect(server.to('PUT /api/v1/me/addresses/*/primary')[0]?.path).toContain(personal.id)
})

test('removing asks first, says it can be undone, then gives the focus to the result', async () => {
  server.give({
    'GET /api/v1/me/addresses': pageOf(institutional, makeAddress()),
    'DELETE /api/v1/me/addresses/*': () => {
      server.give({ 'GET /api/v1/me/addresses': pageOf(institutional) })
      return undefined
    },
  })
  await renderWithProviders(<Addresses />)
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer ines@perso.example' }))
  const dialog = await screen.findByRole('dialog', { name: 'Retirer cette adresse' })
  expect(dialog).toHaveTextContent('il vaut sept jours')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Retirer' }))
  const result = await screen.findByText('Adresse retirée.')
  await waitFor(() => expect(result.closest('[role="status"]')).toHaveFocus())
  expect(screen.queryByRole('heading', { name: 'ines@perso.example' })).not.toBeInTheDocument()
})

test('an address that cannot be removed stays, and the dialog says why', async () => {
  server.give({
    'GET /api/v1/me/addresses': pageOf(institutional, makeAddress()),
    'DELETE /api/v1/me/addresses/*': problem(409, 'primary_address', 'C’est votre adresse principale.'),
  })
  await renderWithProviders(<Addresses />)
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer ines@perso.example' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Retirer' }))
  expect(await within(dialog).findByText('C’est votre adresse principale.')).toBeInTheDocument()
})

const confirmation = <AddressConfirmation toAccount={(words) => <a href="/settings/account">{words}</a>} />

test('opening the link confirms nothing; its button does, with what stands after #', async () => {
  server.give({ 'POST /api/v1/me/addresses/confirmation': makeAddress() })
  const { location } = await renderWithProviders(confirmation, { at: '/x#a-secret-of-the-link' })
  await userEvent.click(await screen.findByRole('button', { name: 'Confirmer cette adresse' }))
  expect(await screen.findByText('ines@perso.example ouvre maintenant votre compte.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/addresses/confirmation')[0]?.body).toEqual({ token: 'a-secret-of-the-link' })
  expect(location()).toBe('/x')
})

test('a spent link leads back to the addresses', async () => {
  server.give({ 'POST /api/v1/me/addresses/confirmation': problem(410, 'gone', 'Ce lien a expiré.') })
  await renderWithProviders(confirmation, { at: '/x#a-secret-of-the-link' })
  expect(server.calls).toHaveLength(0)
  await userEvent.click(await screen.findByRole('button', { name: 'Confirmer cette adresse' }))
  expect(await screen.findByText(/^Ce lien a expiré\. Demandez un autre lien/)).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Voir mes adresses' })).toBeInTheDocument()
})

test('a link without its secret says so', async () => {
  await renderWithProviders(confirmation, { at: '/x' })
  expect(await screen.findByRole('heading', { name: 'Ce lien est incomplet' })).toBeInTheDocument()
})
