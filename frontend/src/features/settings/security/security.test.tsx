import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeCredentials, makePasskey, pageOf } from '@/testing/makeAccount'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { inFours, qrAddress } from './qr'
import { Security } from './Security'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/credentials': makeCredentials(),
  'GET /api/v1/me/passkeys': pageOf(),
  'GET /api/v1/university-providers': pageOf(),
})
const VALORNE = { key: 'valorne', name: { fr: 'l’Université de Valorne', en: 'the University of Valorne' } }
const on = makeCredentials({
  totp_confirmed_at: '2025-03-01T08:00:00Z',
  recovery_codes_left: 8,
  abilities: ['set_password', 'turn_totp_off', 'renew_recovery_codes'],
})
const CODES = ['abcd-efgh-ijkl-mnop', 'qrst-uvwx-yz23-4567']

const open = () => renderWithProviders(<Security email="ines@valorne.example" />)
const passkeysKnown = () => vi.stubGlobal('PublicKeyCredential', class {})

test('passkeys are listed with what is known of them', async () => {
  server.give({
    'GET /api/v1/me/passkeys': pageOf(
      makePasskey({ synced: true, last_used_at: '2025-04-02T08:10:00Z' }),
      makePasskey({ name: 'Portable' }),
    ),
  })
  await open()
  const list = await screen.findByRole('list', { name: 'Clés d’accès' })
  const [phone, laptop] = within(list).getAllByRole('listitem')
  expect(phone).toHaveTextContent(/TéléphoneSynchronisée.*Ajoutée le 1er mars 2025.*Utilisée : 2 avril 2025/)
  expect(laptop).toHaveTextContent('Jamais utilisée.')
})

test('a passkey is made by the device and kept by the server', async () => {
  passkeysKnown()
  const bytes = new Uint8Array([1]).buffer
  const create = async () => ({ id: 'AQ', rawId: bytes, response: { clientDataJSON: bytes, attestationObject: bytes } })
  Object.defineProperty(navigator, 'credentials', { value: { create }, configurable: true })
  const options = { user: { id: 'AA' }, challenge: 'AA', excludeCredentials: [] }
  server.give({
    'POST /api/v1/me/passkeys/options': { public_key: options },
    'POST /api/v1/me/passkeys': makePasskey({ name: 'Firefox, Linux' }),
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Ajouter une clé d’accès' }))
  expect(await screen.findByText('Clé d’accès ajoutée : Firefox, Linux.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/me/passkeys')[0]?.body).toMatchObject({ credential: { id: 'AQ', rawId: 'AQ' } })
})

test('a browser that knows no passkeys offers none and says why', async () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  await open()
  expect(await screen.findByText(/^Ce navigateur ne connaît pas les clés d’accès/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Ajouter une clé d’accès' })).not.toBeInTheDocument()
})

test('a passkey gets another name', async () => {
  server.give({
    'GET /api/v1/me/passkeys': pageOf(makePasskey()),
    'PATCH /api/v1/me/passkeys/*': makePasskey({ name: 'Portable' }),
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Renommer Téléphone' }))
  const field = await screen.findByLabelText('Nom')
  await waitFor(() => expect(field).toHaveFocus())
  await userEvent.clear(field)
  await userEvent.type(field, 'Portable{Enter}')
  expect(await screen.findByText('Clé d’accès renommée.')).toBeInTheDocument()
  expect(server.to('PATCH /api/v1/me/passkeys/*')[0]?.body).toEqual({ name: 'Portable' })
})

test('the last way in cannot be removed, which is said before', async () => {
  server.give({ 'GET /api/v1/me/passkeys': pageOf(makePasskey({ abilities: ['rename'] })) })
  await open()
  expect(await screen.findByText(/^C’est votre dernier moyen d’entrer/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Supprimer Téléphone' })).not.toBeInTheDocument()
})

test('removing a passkey asks first', async () => {
  server.give({
    'GET /api/v1/me/passkeys': pageOf(makePasskey()),
    'DELETE /api/v1/me/passkeys/*': undefined,
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Supprimer Téléphone' }))
  const dialog = await screen.findByRole('dialog', { name: 'Supprimer cette clé d’accès' })
  expect(server.to('DELETE /api/v1/me/passkeys/*')).toHaveLength(0)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Supprimer' }))
  expect(await screen.findByText('Clé d’accès supprimée.')).toBeInTheDocument()
})

test('the rules of a password are said before it is typed, and a refusal under its field', async () => {
  server.give({
    'PUT /api/v1/me/password': problem(422, 'invalid', 'Refusé', {
      fields: [{ path: 'password', code: 'too_short', message: 'Douze caractères au moins.' }],
    }),
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Créer un mot de passe' }))
  const field = screen.getByLabelText('Nouveau mot de passe')
  expect(field).toHaveFocus()
  expect(field).toHaveAccessibleDescription(/Douze caractères au moins, sans votre nom/)
  await userEvent.type(field, 'court{Enter}')
  await waitFor(() => expect(field).toHaveAccessibleDescription(/Douze caractères au moins\.$/))
  expect(field).toHaveValue('court')
  server.give({ 'PUT /api/v1/me/password': undefined })
  await userEvent.type(field, '-mais-plus-long{Enter}')
  expect(await screen.findByText('Mot de passe enregistré. Vos autres sessions sont fermées.')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Créer un mot de passe' })).toHaveFocus())
})

test('a password can be removed when the server allows it', async () => {
  server.give({
    'GET /api/v1/me/credentials': makeCredentials({
      password_changed_at: '2025-03-01T08:00:00Z',
      abilities: ['set_password', 'remove_password'],
    }),
    'DELETE /api/v1/me/password': undefined,
  })
  await open()
  expect(await screen.findByText('Choisi le 1er mars 2025.')).toBeInTheDocument()
  const slab = screen.getByRole('region', { name: 'Mot de passe' })
  await userEvent.click(within(slab).getByRole('button', { name: 'Supprimer' }))
  const dialog = await screen.findByRole('dialog', { name: 'Supprimer le mot de passe' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Supprimer' }))
  expect(await screen.findByText('Mot de passe supprimé. Vos autres sessions sont fermées.')).toBeInTheDocument()
})

test('the second step: a picture, its text, a code, then recovery codes until they are kept', async () => {
  const svg = '<svg width="4" height="4"><script>alert(1)</script><path d="M0 0h4"/></svg>'
  server.give({
    'POST /api/v1/me/totp': { secret: 'ABCDEFGHIJ', uri: 'otpauth://totp/x?secret=ABCDEFGHIJ', qr_svg: svg },
    'PUT /api/v1/me/totp/confirmation': ({ body }) =>
      (body as { code: string }).code === '123456'
        ? { recovery_codes: CODES }
        : problem(422, 'wrong_code', 'Refusé', {
            fields: [{ path: 'code', code: 'wrong_code', message: 'Ce code n’est pas le bon.' }],
          }),
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Activer la deuxième étape' }))
  const picture = await screen.findByRole('img', { name: 'Code QR pour votre application de codes' })
  expect(picture).toHaveAttribute('src', expect.stringMatching(/^data:image\/svg\+xml,/))
  expect(document.querySelector('script')).toBeNull()
  expect(screen.getByText('ABCD EFGH IJ')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Ouvrir l’application de cet appareil' })).toHaveAttribute(
    'href',
    'otpauth://totp/x?secret=ABCDEFGHIJ',
  )
  const field = screen.getByLabelText('Code à six chiffres')
  expect(field).toHaveFocus()
  await userEvent.type(field, '000000{Enter}')
  await waitFor(() => expect(field).toHaveAccessibleDescription(/Ce code n’est pas le bon\.$/))
  await userEvent.clear(field)
  await userEvent.type(field, '123456{Enter}')
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Vos codes de secours' })).toHaveFocus())
  const codes = screen.getByRole('list', { name: 'Vos codes de secours' })
  expect(
    within(codes)
      .getAllByRole('listitem')
      .map((one) => one.textContent),
  ).toEqual(CODES)
  server.give({ 'GET /api/v1/me/credentials': on })
  await userEvent.click(screen.getByRole('button', { name: 'Je les ai gardés' }))
  expect(screen.queryByText(CODES[0] as string)).not.toBeInTheDocument()
  expect(screen.getByText(/^Deuxième étape activée/)).toBeInTheDocument()
})

test('recovery codes are copied, and given as a file', async () => {
  const user = userEvent.setup()
  server.give({
    'GET /api/v1/me/credentials': on,
    'POST /api/v1/me/recovery-codes': { recovery_codes: CODES },
  })
  const link = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  URL.createObjectURL = vi.fn(() => 'blob:codes')
  URL.revokeObjectURL = vi.fn()
  await open()
  expect(await screen.findByText('Il vous reste 8 codes de secours.')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Nouveaux codes de secours' }))
  await user.click(await screen.findByRole('button', { name: 'Faire de nouveaux codes' }))
  await user.click(await screen.findByRole('button', { name: 'Copier les codes' }))
  expect(await navigator.clipboard.readText()).toBe(CODES.join('\n'))
  expect(await screen.findByRole('button', { name: 'Copié' })).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Télécharger' }))
  expect((link.mock.contexts[0] as HTMLAnchorElement).download).toBe('parvis-codes-de-secours.txt')
})

test('few recovery codes left is a warning, and the second step can be turned off', async () => {
  server.give({
    'GET /api/v1/me/credentials': { ...on, recovery_codes_left: 0 },
    'DELETE /api/v1/me/totp': () => {
      server.give({ 'GET /api/v1/me/credentials': makeCredentials() })
      return undefined
    },
  })
  await open()
  expect(await screen.findByText('Il ne vous reste aucun code de secours.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Désactiver' }))
  const dialog = await screen.findByRole('dialog', { name: 'Désactiver la deuxième étape' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Désactiver' }))
  const result = await screen.findByText('Deuxième étape désactivée.')
  await waitFor(() => expect(result.closest('[role="status"]')).toHaveFocus())
  expect(screen.getByRole('button', { name: 'Activer la deuxième étape' })).toBeInTheDocument()
})

test('credentials that do not load can be asked for again', async () => {
  server.give({ 'GET /api/v1/me/credentials': problem(503, 'unavailable', 'Le serveur se repose.') })
  await open()
  expect(await screen.findByText('Le serveur se repose.')).toBeInTheDocument()
  server.give({ 'GET /api/v1/me/credentials': makeCredentials() })
  await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }))
  expect(await screen.findByRole('button', { name: 'Créer un mot de passe' })).toBeInTheDocument()
})

test('a drawing without namespace gets one, as a picture needs it', () => {
  expect(decodeURIComponent(qrAddress('<svg width="1"></svg>'))).toContain('<svg xmlns="http://www.w3.org/2000/svg" ')
  const named = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
  expect(decodeURIComponent(qrAddress(named))).toBe(`data:image/svg+xml,${named}`)
  expect(inFours('')).toBe('')
})

test('a university identity is linked by going there', async () => {
  const wentTo: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    wentTo.push(this.href)
  })
  server.give({
    'GET /api/v1/me/credentials': makeCredentials({ abilities: ['link_university'] }),
    'GET /api/v1/university-providers': pageOf(VALORNE),
    'POST /api/v1/me/university-identity': { authorization_url: 'https://idp.example/authorize?state=s1' },
  })
  await open()
  await userEvent.click(await screen.findByRole('button', { name: 'Relier mon identité universitaire' }))
  await waitFor(() => expect(wentTo).toEqual(['https://idp.example/authorize?state=s1']))
  expect(server.to('POST /api/v1/me/university-identity')[0]?.body).toEqual({ provider: 'valorne' })
  expect(JSON.parse(sessionStorage.getItem('parvis.university') ?? '')).toMatchObject({ state: 's1', wish: 'link' })
})

test('of several universities each has its button, and one that is linked is shown without any', async () => {
  const other = { key: 'autre', name: { fr: 'l’Institut', en: 'the Institute' } }
  server.give({
    'GET /api/v1/me/credentials': makeCredentials({ abilities: ['link_university'] }),
    'GET /api/v1/university-providers': pageOf(VALORNE, other),
  })
  const { unmount } = await open()
  expect(await screen.findByRole('button', { name: 'Relier par l’Institut' })).toBeInTheDocument()
  unmount()
  server.give({ 'GET /api/v1/me/credentials': makeCredentials({ identifier: 'ines@valorne.example', abilities: [] }) })
  await open()
  expect(await screen.findByText('ines@valorne.example')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /^Relier/ })).not.toBeInTheDocument()
})

test('where there is no university to link, nothing is said of it', async () => {
  await open()
  await screen.findByRole('region', { name: 'Mot de passe' })
  expect(screen.queryByRole('region', { name: 'Identité universitaire' })).not.toBeInTheDocument()
})
