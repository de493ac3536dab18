import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { stepsLeft } from '../steps'
import { InterestsForm } from './InterestsForm'
import { Welcome } from './Welcome'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/interests': {
    items: [
      { key: 'music', name: 'Chorale et musique' },
      { key: 'sport', name: 'Sport' },
      { key: 'of-the-future', name: 'Voyages' },
    ],
  },
  'GET /api/v1/me/interests': { interests: ['sport'], abilities: ['change'] },
  'PUT /api/v1/me/interests': ({ body }) => ({ ...(body as object), abilities: ['change'] }),
  'PATCH /api/v1/me/profile': {},
  'POST /api/v1/me/addresses': { id: 'x', email: 'ines@exemple.fr', kind: 'personal', abilities: [] },
})
const onDone = vi.fn()
beforeEach(() => {
  onDone.mockClear()
})

const show = (...steps: ReturnType<typeof stepsLeft>) =>
  renderWithProviders(<Welcome givenName="Inès" steps={steps} onDone={onDone} />)

test('the steps are those that are left, likings first, and keys only where the browser knows them', () => {
  const left = ['passkey', 'of-the-future', 'personal_address', 'profile', 'interests']
  const first = ['interests', 'profile', 'telling', 'personal_address']
  expect(stepsLeft(left, { passkeys: true })).toEqual([...first, 'passkey'])
  expect(stepsLeft(left, { passkeys: false })).toEqual(first)
  expect(stepsLeft(['passkey'], { passkeys: true })).toEqual(['passkey'])
  expect(stepsLeft([], { passkeys: true })).toEqual([])
})

test('interests are ticked as cards, counted, and kept before the next step', async () => {
  await show('interests', 'personal_address')
  expect(screen.getByText('Étape 1 sur 2')).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Chorale et musique' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Voyages' }))
  expect(screen.getByText(/^3.choix$/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Continuer' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Gardez la clé de votre compte' })).toBeInTheDocument()
  expect(server.to('PUT /api/v1/me/interests')[0]?.body).toEqual({ interests: ['sport', 'music', 'of-the-future'] })
})

test('choices that were not kept stay ticked, and the person stays there', async () => {
  server.give({ 'PUT /api/v1/me/interests': problem(503, 'unavailable', 'Réessayez dans un instant.') })
  await show('interests')
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Chorale et musique' }))
  await userEvent.click(screen.getByRole('button', { name: 'Continuer' }))
  expect(await screen.findByText('Réessayez dans un instant.')).toBeInTheDocument()
  expect(screen.getByRole('checkbox', { name: 'Chorale et musique' })).toBeChecked()
  expect(onDone).not.toHaveBeenCalled()
})

test('interests that did not load can be tried again', async () => {
  server.give({ 'GET /api/v1/interests': problem(500, 'internal', 'Erreur') })
  await show('interests')
  await userEvent.click(await screen.findByRole('button', { name: 'Réessayer' }))
  expect(server.to('GET /api/v1/interests').length).toBeGreaterThan(1)
})

test('every step can be passed over, and nothing is sent', async () => {
  await show('interests', 'profile', 'telling', 'personal_address', 'passkey')
  for (const title of [
    /trouver ici, Inès/,
    'Votre profil',
    'Comment vous prévenir\u00a0?',
    'Gardez la clé de votre compte',
    'Entrez sans mot de passe',
  ]) {
    await screen.findByRole('heading', { level: 1, name: title })
    await userEvent.click(screen.getByRole('button', { name: 'Passer' }))
  }
  expect(onDone).toHaveBeenCalledOnce()
  expect(server.calls.filter(({ method }) => method !== 'GET')).toEqual([])
})

test('how one is told is kept for each kind at once, and what is advised is kept already', async () => {
  server.give({
    'GET /api/v1/me/notification-choices': {
      kinds: [
        { kind: 'named', here: true, mail: 'at_once', push: true },
        { kind: 'followed', here: null, mail: 'weekly', push: null },
      ],
      paused_until: null,
      abilities: ['change'],
    },
    'PATCH /api/v1/me/notification-choices': {},
  })
  await show('telling')
  await userEvent.click(await screen.findByRole('radio', { name: /Aucun courriel/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Continuer' }))
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  const kinds = { named: { mail: 'never' }, followed: { mail: 'never' } }
  expect(server.to('PATCH /api/v1/me/notification-choices')[0]?.body).toEqual({ kinds })
})

test('a sentence is enough to begin a profile, and none is needed to go on', async () => {
  await show('profile')
  await userEvent.type(await screen.findByLabelText(/En une phrase/), ' Les pieds dans la rivière {Enter}')
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(server.to('PATCH /api/v1/me/profile')[0]?.body).toEqual({ headline: 'Les pieds dans la rivière' })
})

test('a sentence that is refused says why at its field', async () => {
  server.give({
    'PATCH /api/v1/me/profile': problem(422, 'invalid', 'Non', {
      fields: [{ path: 'headline', code: 'too_long', message: 'Une phrase plus courte.' }],
    }),
  })
  await show('profile')
  await userEvent.type(await screen.findByLabelText(/En une phrase/), 'Trop{Enter}')
  expect(await screen.findByText('Une phrase plus courte.')).toBeInTheDocument()
  expect(onDone).not.toHaveBeenCalled()
})

test('a personal address says why, and is confirmed from its own mailbox', async () => {
  await show('personal_address')
  expect(screen.getByText(/une adresse personnelle ouvrira toujours votre compte/)).toBeInTheDocument()
  await userEvent.type(screen.getByLabelText('Votre adresse personnelle'), 'ines@exemple.fr{Enter}')
  expect(await screen.findByText('ines@exemple.fr')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Continuer' }))
  expect(onDone).toHaveBeenCalledOnce()
})

test('an address that is refused says why at its field', async () => {
  server.give({ 'POST /api/v1/me/addresses': problem(409, 'address_known', 'Cette adresse est déjà la vôtre.') })
  await show('personal_address')
  await userEvent.type(screen.getByLabelText('Votre adresse personnelle'), 'ines@valorne.example{Enter}')
  expect(await screen.findByText('Cette adresse est déjà la vôtre.')).toBeInTheDocument()
})

test('interests can be changed later, which is said where it was done', async () => {
  await renderWithProviders(<InterestsForm />)
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Sport' }))
  expect(screen.getByText('Aucun choix pour l’instant.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Vos choix sont enregistrés.')).toBeInTheDocument()
  await waitFor(() => expect(server.to('PUT /api/v1/me/interests')[0]?.body).toEqual({ interests: [] }))
})
