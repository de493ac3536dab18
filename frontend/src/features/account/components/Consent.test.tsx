import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Consent } from './Consent'

const request = { client_id: 'parvis-mobile', state: '1e3', code_challenge: 'x' }
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/oauth/request': {
    status: 'consent',
    client: { id: 'parvis-mobile', name: 'Parvis mobile' },
    scopes: [
      { name: 'account:read', description: 'Lire votre compte.' },
      { name: 'files:write', description: 'Déposer des fichiers.' },
    ],
    denied_url: 'parvis://signed-in?error=access_denied&state=1e3',
  },
  'POST /api/v1/oauth/authorizations': { redirect_url: 'parvis://signed-in?code=c&state=1e3' },
})
const leave = vi.fn()
beforeEach(() => {
  leave.mockClear()
})

const open = () =>
  renderWithProviders(<Consent request={request} memberName="Inès Benali" homeAddress="/" onLeave={leave} />)

test('who asks, to whom, and what it could do are said in words before anything is granted', async () => {
  await open()
  expect(await screen.findByRole('heading', { level: 1, name: 'Autoriser Parvis mobile' })).toBeInTheDocument()
  expect(screen.getByText('Inès Benali')).toBeInTheDocument()
  expect(screen.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    'Lire votre compte.',
    'Déposer des fichiers.',
  ])
  expect(leave).not.toHaveBeenCalled()
  expect(server.to('GET /api/v1/oauth/request')[0]?.search.get('state')).toBe('1e3')
})

test('yes sends the browser back with a code, for the request as it was written', async () => {
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Autoriser' }))
  await waitFor(() => expect(leave).toHaveBeenCalledWith('parvis://signed-in?code=c&state=1e3'))
  expect(server.to('POST /api/v1/oauth/authorizations')[0]?.body).toEqual(request)
})

test('no sends it back with a refusal, and grants nothing', async () => {
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Refuser' }))
  await waitFor(() => expect(leave).toHaveBeenCalledWith('parvis://signed-in?error=access_denied&state=1e3'))
  expect(server.to('POST /api/v1/oauth/authorizations')).toEqual([])
})

test('a wrong request of a known application goes back to it', async () => {
  server.give({
    'GET /api/v1/oauth/request': {
      status: 'refused',
      error: 'invalid_scope',
      redirect_url: 'parvis://signed-in?error=invalid_scope',
    },
  })
  await open()
  await waitFor(() => expect(leave).toHaveBeenCalledWith('parvis://signed-in?error=invalid_scope'))
})

test('an unknown application or address is a page, and the browser goes nowhere', async () => {
  server.give({
    'GET /api/v1/oauth/request': problem(400, 'unknown_client', 'Cette application n’est pas connue ici.'),
  })
  await open()
  expect(await screen.findByRole('heading', { level: 1, name: 'Cette demande n’est pas valable' })).toBeInTheDocument()
  expect(screen.getByText(/Cette application n’est pas connue ici\. Rien n’a été autorisé/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Autoriser' })).not.toBeInTheDocument()
  expect(leave).not.toHaveBeenCalled()
})
