import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Activation } from './Activation'

const TOKEN = 'a'.repeat(43)
const server = serve({
  'GET /api/v1/session': makeSession(),
  'POST /api/v1/activations/preview': {
    name: 'Inès BENALI',
    email: 'ines.benali@etu.valorne.example',
    affiliations: ['M2 Informatique'],
  },
  'POST /api/v1/me/records': undefined,
  'POST /api/v1/activations/confirmation': { status: 'signed_in', csrf_token: 'csrf-2' },
})

const onIn = vi.fn()
beforeEach(() => {
  onIn.mockClear()
})

const open = (at = `/door/activate#${TOKEN}`) =>
  renderWithProviders(<Activation memberName="Inès B." onIn={onIn} homeAddress="/" signInAddress="/sign-in" />, { at })

test('whose record it is, is shown before anything is joined', async () => {
  await open()
  expect(await screen.findByText('Inès BENALI')).toBeInTheDocument()
  expect(screen.getByText('ines.benali@etu.valorne.example')).toBeInTheDocument()
  expect(screen.getByText('M2 Informatique')).toBeInTheDocument()
  expect(screen.getByText('Inès B.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/records')).toHaveLength(0)
})

test('the record that is mine is joined to my account', async () => {
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Cette fiche est la mienne' }))
  expect(await screen.findByRole('heading', { name: 'Votre fiche est jointe à votre compte' })).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/records')[0]?.body).toEqual({ token: TOKEN })
  expect(screen.getByRole('link', { name: 'Aller à l’accueil' })).toHaveAttribute('href', '/')
  expect(server.to('POST /api/v1/activations/confirmation')).toHaveLength(0)
})

test('one that is not opens apart', async () => {
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Ouvrir ce compte à part' }))
  await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
  expect(server.to('POST /api/v1/activations/confirmation')[0]?.body).toEqual({ token: TOKEN })
  expect(server.to('POST /api/v1/me/records')).toHaveLength(0)
})

test('what cannot be joined says why', async () => {
  server.give({ 'POST /api/v1/me/records': problem(409, 'already_identified', 'Votre compte a un autre identifiant.') })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Cette fiche est la mienne' }))
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Votre compte a un autre identifiant.' }),
  ).toBeInTheDocument()
})

test('a spent link says so at once', async () => {
  server.give({ 'POST /api/v1/activations/preview': problem(410, 'gone', 'Expiré') })
  await open()
  expect(await screen.findByRole('heading', { name: 'Ce lien ne vaut plus' })).toBeInTheDocument()
})

test('a link without its secret asks nothing', async () => {
  await open('/door/activate')
  expect(screen.getByRole('heading', { name: 'Ce lien est incomplet' })).toBeInTheDocument()
  expect(server.calls).toEqual([])
})
