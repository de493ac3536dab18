import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeInvitation } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { InvitationList } from './InvitationList'
import { Invite } from './Invite'
import { stateOf } from './stateOf'

const LINK = 'http://localhost:8000/door/invitation#secret'
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/people/invitations': { items: [], next: null },
})

test('why an invitation lets nobody in any more', () => {
  const now = Date.parse('2026-12-03T08:00:00Z')
  const past = '2026-12-03T08:00:00Z'
  expect(stateOf(makeInvitation(), now)).toBe('isOpen')
  expect(stateOf(makeInvitation({ uses: 25 }), now)).toBe('isUsed')
  expect(stateOf(makeInvitation({ expires_at: past }), now)).toBe('isExpired')
  expect(stateOf(makeInvitation({ revoked_at: past, uses: 25, expires_at: past }), now)).toBe('isRevoked')
})

test('a link for several people is shown once, ready to be copied', async () => {
  server.give({ 'POST /api/v1/people/invitations': { ...makeInvitation(), link: LINK } })
  await renderWithProviders(<Invite />)
  await userEvent.click(screen.getByRole('radio', { name: /^Lien/ }))
  const many = screen.getByRole('spinbutton', { name: 'Nombre de personnes' })
  await userEvent.clear(many)
  await userEvent.type(many, '25')
  await userEvent.type(screen.getByRole('textbox', { name: /Note/ }), 'Rentrée')
  await userEvent.click(screen.getByRole('button', { name: 'Créer le lien' }))
  const link = await screen.findByRole('textbox', { name: 'Lien d’invitation' })
  expect(link).toHaveValue(LINK)
  await waitFor(() => expect(link).toHaveFocus())
  expect(server.to('POST /api/v1/people/invitations')[0]?.body).toEqual({
    affiliation: 'student',
    note: 'Rentrée',
    days: 14,
    max_uses: 25,
  })
  await userEvent.click(screen.getByRole('button', { name: 'J’ai copié le lien' }))
  expect(screen.queryByDisplayValue(LINK)).not.toBeInTheDocument()
})

test('an invitation by mail says to whom it goes, and empties its form', async () => {
  server.give({
    'POST /api/v1/people/invitations': { ...makeInvitation({ email: 'ada@perso.example', max_uses: 1 }), link: null },
  })
  await renderWithProviders(<Invite />)
  const email = screen.getByRole('textbox', { name: 'Adresse électronique' })
  await userEvent.type(email, ' ada@perso.example ')
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer l’invitation' }))
  expect(await screen.findByText('L’invitation part à ada@perso.example.')).toBeInTheDocument()
  expect(email).toHaveValue('')
  expect(server.to('POST /api/v1/people/invitations')[0]?.body).toMatchObject({
    email: 'ada@perso.example',
    max_uses: 1,
  })
})

test('too many invitations are refused in words', async () => {
  server.give({ 'POST /api/v1/people/invitations': problem(429, 'too_many_requests', 'Patientez un instant.') })
  await renderWithProviders(<Invite />)
  await userEvent.type(screen.getByRole('textbox', { name: 'Adresse électronique' }), 'a@b.example')
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer l’invitation' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Patientez un instant.')
})

test('who is invited from outside comes as a guest', async () => {
  server.give({
    'GET /api/v1/people/invitations': {
      items: [makeInvitation({ email: 'ada@ailleurs.example', affiliation: null })],
      next: null,
    },
  })
  await renderWithProviders(<InvitationList />)
  expect(await screen.findByText('De l’extérieur')).toBeInTheDocument()
})

test('an open one is cancelled after asking, and the focus goes to what was done', async () => {
  const open = makeInvitation({ email: 'ada@perso.example', note: 'Jury' })
  server.give({
    'GET /api/v1/people/invitations': ({ search }) => ({
      items: search.get('open') === 'true' ? [open] : [],
      next: null,
    }),
    'DELETE /api/v1/people/invitations/*': () => {
      server.give({ 'GET /api/v1/people/invitations': { items: [], next: null } })
      return undefined
    },
  })
  await renderWithProviders(<InvitationList />)
  const row = within((await screen.findByText('ada@perso.example')).closest('tr') as HTMLElement)
  expect(row.getByText('Jury')).toBeInTheDocument()
  expect(row.getByText('3 sur 25')).toBeInTheDocument()
  await userEvent.click(row.getByRole('button', { name: 'Annuler l’invitation pour ada@perso.example' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Annuler l’invitation' }))
  const done = await screen.findByText('Invitation annulée.')
  await waitFor(() => expect(done.closest('[role="status"]')).toHaveFocus())
  expect(await screen.findByRole('heading', { name: 'Aucune invitation ici' })).toBeInTheDocument()
})
