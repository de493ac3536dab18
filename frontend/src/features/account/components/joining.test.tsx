import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { currentLanguage } from '@/lib/language'
import { makeOrganisation, makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ForgottenPassword } from './ForgottenPassword'
import { Invitation } from './Invitation'
import { Join } from './Join'
import { NewPassword } from './NewPassword'

const TOKEN = 'a'.repeat(43)
const invitation = {
  organisation: 'Université de Valorne',
  affiliation: 'partner',
  email: null,
  expires_at: '2027-01-01T00:00:00Z',
}
const server = serve({
  'GET /api/v1/session': makeSession(),
  'POST /api/v1/registrations': { status: 'asked' },
  'POST /api/v1/password-resets': { status: 'asked' },
  'POST /api/v1/password-resets/confirmation': { status: 'signed_in', csrf_token: 'csrf-1' },
  'POST /api/v1/invitations/preview': invitation,
  'POST /api/v1/invitations/acceptance': { status: 'asked' },
})

const onIn = vi.fn()
beforeEach(() => {
  onIn.mockClear()
})

describe('joining', () => {
  const show = (more = {}) =>
    renderWithProviders(<Join organisation={makeOrganisation(more)} signInAddress="/sign-in" />)

  test('the domains that open the door are said before', async () => {
    await show({ registration_domains: ['etu.valorne.example', 'valorne.example'] })
    expect(screen.getByLabelText('Votre adresse de l’université')).toHaveAccessibleDescription(
      'Elle finit par l’un de ces domaines\u00a0: @etu.valorne.example ou @valorne.example.',
    )
  })

  test('a name and an address are sent, and the answer is the same for all', async () => {
    await show()
    await userEvent.type(screen.getByLabelText('Votre nom'), 'Inès Benali')
    await userEvent.type(screen.getByLabelText('Votre adresse de l’université'), 'ines@valorne.example')
    await userEvent.click(screen.getByRole('button', { name: 'Créer mon compte' }))
    expect(await screen.findByText(/peut ouvrir un compte, un lien vient d’y partir/)).toBeInTheDocument()
    expect(server.to('POST /api/v1/registrations')[0]?.body).toEqual({
      name: 'Inès Benali',
      email: 'ines@valorne.example',
    })
  })

  test('the language chosen is the pages’ and the mail’s', async () => {
    await show()
    await userEvent.selectOptions(screen.getByLabelText('Langue des courriels et des pages'), 'English')
    expect(currentLanguage()).toBe('en')
    await userEvent.type(screen.getByLabelText('Your name'), 'Inès')
    await userEvent.click(screen.getByRole('button', { name: 'Create my account' }))
    await waitFor(() => expect(server.to('POST /api/v1/registrations')[0]?.headers.get('accept-language')).toBe('en'))
  })

  test('what is wrong is said at its field', async () => {
    server.give({
      'POST /api/v1/registrations': problem(422, 'invalid', 'Formulaire incomplet', {
        fields: [{ path: 'email', code: 'email', message: 'Cette adresse est incomplète.' }],
      }),
    })
    await show()
    await userEvent.click(screen.getByRole('button', { name: 'Créer mon compte' }))
    const field = await screen.findByRole('textbox', {
      name: 'Votre adresse de l’université',
      description: /incomplète/,
    })
    await waitFor(() => expect(field).toHaveFocus())
  })

  test('where only invited people come in, no form pretends otherwise', async () => {
    await show({ registration: 'invitation' })
    expect(screen.getByRole('heading', { level: 1, name: 'On entre ici sur invitation' })).toBeInTheDocument()
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument()
  })
})

describe('a forgotten password', () => {
  test('the answer is the same for all', async () => {
    await renderWithProviders(<ForgottenPassword signInAddress="/sign-in" />)
    await userEvent.type(screen.getByLabelText('Votre adresse électronique'), 'qui@ailleurs.example{Enter}')
    expect(await screen.findByText(/ouvre un compte, un lien vient d’y partir/)).toBeInTheDocument()
    expect(server.to('POST /api/v1/password-resets')[0]?.body).toEqual({ email: 'qui@ailleurs.example' })
  })

  const choose = () =>
    renderWithProviders(<NewPassword onIn={onIn} signInAddress="/sign-in" askAgainAt="/reset" />, {
      at: `/door/reset#${TOKEN}`,
    })

  test('its rules are told before, its length while typing', async () => {
    await choose()
    const field = screen.getByLabelText('Nouveau mot de passe')
    expect(field).toHaveAccessibleDescription(/Au moins 12.caractères/)
    expect(field).toHaveAttribute('autocomplete', 'new-password')
    await userEvent.type(field, 'trois mots')
    expect(screen.getByText(/^Encore 2.caractères\.$/)).toBeInTheDocument()
    await userEvent.type(field, ' en fleur au parc')
    expect(screen.getByText('Très bonne longueur.')).toBeInTheDocument()
  })

  test('it may be pasted and signs in', async () => {
    await choose()
    await userEvent.click(screen.getByLabelText('Nouveau mot de passe'))
    await userEvent.paste('trois mots en fleur ')
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer et entrer' }))
    await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
    expect(server.to('POST /api/v1/password-resets/confirmation')[0]?.body).toEqual({
      token: TOKEN,
      password: 'trois mots en fleur ',
    })
  })

  test('one that is guessed first is refused with a reason', async () => {
    server.give({
      'POST /api/v1/password-resets/confirmation': problem(422, 'invalid', 'Formulaire incomplet', {
        fields: [{ path: 'password', code: 'too_common', message: 'Parmi les premiers que l’on essaie.' }],
      }),
    })
    await choose()
    await userEvent.type(screen.getByLabelText('Nouveau mot de passe'), 'motdepasse1234{Enter}')
    const field = await screen.findByLabelText('Nouveau mot de passe')
    await waitFor(() => expect(field).toHaveAccessibleDescription(/Parmi les premiers que l’on essaie/))
    await userEvent.type(field, ' en fleur')
    expect(field).not.toBeInvalid()
  })
})

describe('an invitation', () => {
  const open = () =>
    renderWithProviders(<Invitation onIn={onIn} signInAddress="/sign-in" />, { at: `/door/invitation#${TOKEN}` })

  test('for many asks for a name and an address, which is then verified', async () => {
    await open()
    expect(await screen.findByText('Université de Valorne vous ouvre sa place sur Parvis.')).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Votre nom'), 'Paul Réau')
    await userEvent.type(screen.getByLabelText('Votre adresse électronique'), 'paul@atelier.example')
    await userEvent.click(screen.getByRole('button', { name: 'Accepter l’invitation' }))
    expect(await screen.findByText('paul@atelier.example')).toBeInTheDocument()
    expect(server.to('POST /api/v1/invitations/acceptance')[0]?.body).toEqual({
      token: TOKEN,
      name: 'Paul Réau',
      email: 'paul@atelier.example',
    })
    expect(onIn).not.toHaveBeenCalled()
  })

  test('sent to one address asks for the name alone, and lets in', async () => {
    server.give({
      'POST /api/v1/invitations/preview': { ...invitation, email: 'paul@atelier.example' },
      'POST /api/v1/invitations/acceptance': { status: 'signed_in', csrf_token: 'csrf-1' },
    })
    await open()
    await userEvent.type(await screen.findByLabelText('Votre nom'), 'Paul Réau')
    expect(screen.queryByLabelText('Votre adresse électronique')).not.toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Accepter l’invitation' }))
    await waitFor(() => expect(onIn).toHaveBeenCalledOnce())
  })

  test('that is used up says whom to ask', async () => {
    server.give({ 'POST /api/v1/invitations/preview': problem(410, 'gone', 'Expiré') })
    await open()
    expect(await screen.findByText(/Demandez-en une autre à qui vous l’a envoyée/)).toBeInTheDocument()
  })

  test('that could not be read can be tried again', async () => {
    server.give({ 'POST /api/v1/invitations/preview': problem(500, 'internal', 'Erreur') })
    await open()
    await screen.findByRole('alert')
    server.give({ 'POST /api/v1/invitations/preview': invitation })
    await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }))
    expect(await screen.findByLabelText('Votre nom')).toBeInTheDocument()
  })
})
