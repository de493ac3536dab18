import { fromBase64Url, toBase64Url } from './bytes'
import { createPasskey, knowsPasskeys, offersPasskeysInFields, presentPasskey } from './webauthn'

const creation = {
  rp: { id: 'localhost', name: 'Université de Valorne' },
  user: { id: 'AAEC', name: 'ines@valorne.example', displayName: 'Inès Benali' },
  challenge: 'q-_8',
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  timeout: 300_000,
  excludeCredentials: [{ id: 'AQID', type: 'public-key' as const, transports: ['internal'] }],
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
}
const request = {
  challenge: 'q-_8',
  timeout: 300_000,
  rpId: 'localhost',
  allowCredentials: [{ id: 'AQID', type: 'public-key' as const, transports: [] }],
  userVerification: 'required',
}
const bytes = (...values: number[]) => Uint8Array.from(values).buffer

/** A device that answers as it is told; jsdom has none. */
function device(answers: { create?: () => unknown; get?: () => unknown }) {
  const create = vi.fn(async (_options: CredentialCreationOptions) => answers.create?.() ?? null)
  const get = vi.fn(async (_options: CredentialRequestOptions) => answers.get?.() ?? null)
  vi.stubGlobal('PublicKeyCredential', class {})
  Object.defineProperty(navigator, 'credentials', { value: { create, get }, configurable: true })
  return { create, get }
}
const refusing = (name: string) => () => {
  throw new DOMException('technical words', name)
}

test('bytes come back from base64url as they went', () => {
  const every = Uint8Array.from({ length: 256 }, (_, value) => value)
  const text = toBase64Url(every.buffer)
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
  expect([...fromBase64Url(text)]).toEqual([...every])
  expect([...fromBase64Url('q-_8')]).toEqual([0xab, 0xef, 0xfc])
})

test('a key is asked for with bytes, and told with text', async () => {
  const { create } = device({
    create: () => ({
      id: 'CQgH',
      rawId: bytes(9, 8, 7),
      response: { clientDataJSON: bytes(1), attestationObject: bytes(2), getTransports: () => ['internal', 'hybrid'] },
    }),
  })
  expect(await createPasskey(creation)).toEqual({
    id: 'CQgH',
    rawId: 'CQgH',
    type: 'public-key',
    response: { clientDataJSON: 'AQ', attestationObject: 'Ag', transports: ['internal', 'hybrid'] },
  })
  const asked = create.mock.calls[0]?.[0].publicKey
  expect([...new Uint8Array(asked?.challenge as Uint8Array<ArrayBuffer>)]).toEqual([0xab, 0xef, 0xfc])
  expect([...new Uint8Array(asked?.user.id as Uint8Array<ArrayBuffer>)]).toEqual([0, 1, 2])
  expect(asked?.excludeCredentials?.[0]?.transports).toEqual(['internal'])
})

test('a key is presented with or without its user’s handle', async () => {
  const response = { clientDataJSON: bytes(1), authenticatorData: bytes(2), signature: bytes(3) }
  const { get } = device({ get: () => ({ id: 'CQ', rawId: bytes(9), response: { ...response, userHandle: null } }) })
  expect(await presentPasskey(request)).toMatchObject({ response: { signature: 'Aw', userHandle: null } })
  expect(get.mock.calls[0]?.[0]).not.toHaveProperty('mediation')
  const { signal } = new AbortController()
  await presentPasskey(request, { inField: true, signal })
  expect(get).toHaveBeenLastCalledWith(expect.objectContaining({ signal: expect.anything() }))
})

test.each([
  ['NotAllowedError', 'cancelled', /^Aucune clé d’accès n’a été donnée/],
  ['AbortError', 'cancelled', /^Aucune clé d’accès n’a été donnée/],
  ['InvalidStateError', 'known', /^Cet appareil a déjà une clé/],
  ['NotSupportedError', 'unsupported', /^Ce navigateur ne connaît pas/],
  ['SecurityError', 'failed', /^La clé d’accès n’a pas répondu/],
])('%s is told as %s, in words', async (name, reason, message) => {
  device({ create: refusing(name) })
  await expect(createPasskey(creation)).rejects.toMatchObject({ reason, message: expect.stringMatching(message) })
})

test('no answer at all is a cancellation', async () => {
  device({})
  await expect(presentPasskey(request)).rejects.toMatchObject({ reason: 'cancelled' })
})

test('a browser without passkeys says so, and offers none', async () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  expect(knowsPasskeys()).toBe(false)
  expect(await offersPasskeysInFields()).toBe(false)
  await expect(createPasskey(creation)).rejects.toMatchObject({ reason: 'unsupported' })
})
