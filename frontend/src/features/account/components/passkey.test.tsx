import type { QueryClient } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { SignIn } from './SignIn'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'POST /api/v1/passkeys/options': {
    public_key: {
      challenge: 'Y2hhbGxlbmdl',
      timeout: 60_000,
      rpId: 'localhost',
      allowCredentials: [],
      userVerification: 'preferred',
    },
  },
  'POST /api/v1/sessions/passkey': { status: 'signed_in', csrf_token: 'csrf-1' },
})

const bytes = (text: string) => new TextEncoder().encode(text).buffer
const key = {
  id: 'a2V5',
  rawId: bytes('key'),
  type: 'public-key',
  response: {
    clientDataJSON: bytes('{}'),
    authenticatorData: bytes('a'),
    signature: bytes('s'),
    userHandle: bytes('u'),
  },
}

/** What the browser does when it is asked for a key: waits until it is aborted, unless told otherwise. */
const untilAborted = ({ signal }: CredentialRequestOptions) =>
  new Promise<never>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')))
  })
const get = vi.fn<(options: CredentialRequestOptions) => Promise<unknown>>()

function browserWithPasskeys({ inFields }: { inFields: boolean }) {
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(() => {}, { isConditionalMediationAvailable: async () => inFields }),
  )
  Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true })
}

beforeEach(() => {
  get.mockReset()
})
afterEach(() => Reflect.deleteProperty(navigator, 'credentials'))

const show = () => renderWithProviders(<SignIn next="/" resetAddress="/reset" joinAddress={null} />)
const press = () => userEvent.click(screen.getByRole('button', { name: 'Utiliser une clé d’accès' }))
const isIn = (queryClient: QueryClient) =>
  waitFor(() => expect(queryClient.getQueryData(sessionQuery.queryKey)?.member?.given_name).toBe('Inès'))

test('a passkey signs in by one press, its bytes written as the server reads them', async () => {
  browserWithPasskeys({ inFields: false })
  get.mockResolvedValue(key)
  const { queryClient } = await show()
  await press()
  await isIn(queryClient)
  expect(server.to('POST /api/v1/sessions/passkey')[0]?.body).toMatchObject({
    credential: { id: 'a2V5', rawId: 'a2V5', response: { clientDataJSON: 'e30', userHandle: 'dQ' } },
  })
})

test('the browser offers its keys under the e-mail field, and a choice there is enough', async () => {
  browserWithPasskeys({ inFields: true })
  get.mockResolvedValueOnce(key)
  const { queryClient } = await show()
  await isIn(queryClient)
  expect(get.mock.calls[0]?.[0]).toMatchObject({ mediation: 'conditional' })
  expect(screen.getAllByLabelText('Votre adresse électronique')[0]).toHaveAttribute('autocomplete', 'username webauthn')
})

test('the button puts that list away, and a no brings it back without a reproach', async () => {
  browserWithPasskeys({ inFields: true })
  get
    .mockImplementationOnce(untilAborted)
    .mockRejectedValueOnce(new DOMException('No', 'NotAllowedError'))
    .mockImplementation(untilAborted)
  await show()
  await waitFor(() => expect(get).toHaveBeenCalledTimes(1))
  await press()
  await waitFor(() => expect(get).toHaveBeenCalledTimes(3))
  expect(get.mock.calls[0]?.[0].signal?.aborted).toBe(true)
  expect(get.mock.calls.map(([asked]) => asked.mediation)).toEqual(['conditional', undefined, 'conditional'])
  expect(screen.getAllByRole('alert').map((one) => one.textContent)).toEqual(['', '', ''])
})

test('a key that is not known here is refused with the server’s words', async () => {
  browserWithPasskeys({ inFields: false })
  get.mockResolvedValue(key)
  server.give({
    'POST /api/v1/sessions/passkey': problem(401, 'passkey_unknown', 'Cette clé d’accès n’est pas connue ici.'),
  })
  await show()
  await press()
  expect(await screen.findByText('Cette clé d’accès n’est pas connue ici.')).toBeInTheDocument()
})

test('leaving the page takes the list away with it', async () => {
  browserWithPasskeys({ inFields: true })
  get.mockImplementation(untilAborted)
  const { unmount } = await show()
  await waitFor(() => expect(get).toHaveBeenCalledTimes(1))
  unmount()
  expect(get.mock.calls[0]?.[0].signal?.aborted).toBe(true)
})
