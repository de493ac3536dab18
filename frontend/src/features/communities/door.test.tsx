import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeCommunity, makeCommunityCard, makePersonRef } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Asking } from './components/Asking'
import { Bans } from './components/Bans'
import { Inviting } from './components/Inviting'
import { LinkJoining } from './components/LinkJoining'
import { MemberRow } from './components/MemberRow'
import { Requests } from './components/Requests'

const REQUEST = '/api/v1/communities/*/request'
const REQUESTS = '/api/v1/communities/*/requests'
const server = serve({
  [`PUT ${REQUEST}`]: makeCommunityCard({ asked: true }),
  [`DELETE ${REQUEST}`]: undefined,
})
const addressOf = (id: string) => `/people/${id}`
const closed = makeCommunity({ access: 'on_request', abilities: ['request'] })

test('one asks to be let in, with a few words', async () => {
  await renderWithProviders(<Asking community={closed} />)
  await userEvent.click(screen.getByRole('button', { name: 'Demander l’accès' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox'), 'Je prépare un mémoire.')
  await userEvent.click(dialog.getByRole('button', { name: 'Demander l’accès' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(server.to(`PUT ${REQUEST}`)[0]?.body).toEqual({ message: 'Je prépare un mémoire.' })
})

test('a request that waits can be withdrawn', async () => {
  await renderWithProviders(<Asking community={{ ...closed, asked: true }} />)
  await userEvent.click(screen.getByRole('button', { name: 'Demande envoyée' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Retirer la demande' }))
  await waitFor(() => expect(server.to(`DELETE ${REQUEST}`)).toHaveLength(1))
})

test('who runs a community lets in or declines who asks', async () => {
  const person = makePersonRef({ name: 'Inès Benali' })
  const request = { person, message: 'Je prépare un mémoire.', created_at: '2026-11-24T08:00:00Z' }
  server.give({
    [`GET ${REQUESTS}`]: { items: [request], next: null },
    [`PUT ${REQUESTS}/*/acceptance`]: undefined,
    [`DELETE ${REQUESTS}/*`]: problem(404, 'not_found', 'Page introuvable ou réservée.'),
  })
  await renderWithProviders(<Requests community={makeCommunity()} addressOf={addressOf} />)
  expect(await screen.findByText('Je prépare un mémoire.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Décliner la demande de Inès Benali' }))
  expect(await screen.findByText('Page introuvable ou réservée.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Accueillir Inès Benali' }))
  await waitFor(() => expect(server.to(`PUT ${REQUESTS}/*/acceptance`)).toHaveLength(1))
})

test('nobody who asks is nothing to read', async () => {
  server.give({ [`GET ${REQUESTS}`]: { items: [], next: null } })
  await renderWithProviders(<Requests community={makeCommunity()} addressOf={addressOf} />)
  await waitFor(() => expect(server.to(`GET ${REQUESTS}`)).toHaveLength(1))
  expect(screen.queryByRole('heading')).not.toBeInTheDocument()
})

test('a link is made for as many people and days as is said, and shown once', async () => {
  server.give({
    'POST /api/v1/communities/*/links': {
      id: 'l1',
      max_uses: 1,
      uses: 0,
      created_at: '2026-11-25T08:00:00Z',
      expires_at: '2026-12-09T08:00:00Z',
      link: '/communities/join#secret',
    },
  })
  await renderWithProviders(<Inviting community={makeCommunity({ abilities: ['invite'] })} guests />)
  await userEvent.click(screen.getByRole('button', { name: 'Inviter' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.selectOptions(dialog.getByLabelText('Pour combien de personnes'), '1')
  await userEvent.click(dialog.getByRole('button', { name: 'Créer un lien' }))
  expect(await dialog.findByRole('button', { name: 'Copier le lien' })).toBeInTheDocument()
  expect(server.to('POST /api/v1/communities/*/links')[0]?.body).toEqual({ max_uses: 1, days: 14 })
  expect(dialog.queryByLabelText('Son adresse électronique')).not.toBeInTheDocument()
})

test('somebody from outside is invited by an address, where that is allowed', async () => {
  server.give({
    'POST /api/v1/communities/*/guest-invitations': {
      id: 'g1',
      email: 'gaelle@ailleurs.example',
      until: '2027-05-24T08:00:00Z',
      created_at: '2026-11-25T08:00:00Z',
    },
  })
  await renderWithProviders(<Inviting community={makeCommunity({ abilities: ['invite', 'invite_guests'] })} guests />)
  await userEvent.click(screen.getByRole('button', { name: 'Inviter' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByLabelText('Son adresse électronique'), 'gaelle@ailleurs.example')
  await userEvent.click(dialog.getByRole('button', { name: 'Envoyer l’invitation' }))
  expect(await dialog.findByText(/est partie à gaelle@ailleurs.example/)).toBeInTheDocument()
  expect(server.to('POST /api/v1/communities/*/guest-invitations')[0]?.body).toEqual({
    email: 'gaelle@ailleurs.example',
    days: 180,
  })
})

test('a link says where it leads, and its charter, before one joins', async () => {
  const joined = vi.fn(async () => {})
  server.give({
    'POST /api/v1/community-links/preview': {
      id: 'c1',
      name: 'Jury d’agrégation',
      summary: '',
      access: 'secret',
      language: 'fr',
      charter_html: '<p>Rien ne sort d’ici.</p>',
      charter_version: 2,
    },
    'POST /api/v1/community-links/use': makeCommunityCard({ id: 'c1', role: 'member' }),
  })
  await renderWithProviders(<LinkJoining token="secret" onJoined={joined} />)
  expect(await screen.findByText('Rien ne sort d’ici.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'J’accepte et je rejoins' }))
  await waitFor(() => expect(joined).toHaveBeenCalledWith('c1'))
  expect(server.to('POST /api/v1/community-links/use')[0]?.body).toEqual({ token: 'secret', charter_version: 2 })
})

test('a link that has ended says so', async () => {
  server.give({ 'POST /api/v1/community-links/preview': problem(410, 'gone', 'Ce lien a expiré ou a déjà servi.') })
  await renderWithProviders(<LinkJoining token="secret" onJoined={async () => {}} />)
  expect(await screen.findByText('Ce lien a expiré ou a déjà servi.')).toBeInTheDocument()
})

test('members are invited by name, with a few words', async () => {
  const INVITATIONS = '/api/v1/communities/*/invitations'
  const hugo = { ...makePersonRef({ name: 'Hugo Ferreira' }), affiliations: [] }
  server.give({
    'GET /api/v1/directory': { items: [hugo], next: null },
    [`POST ${INVITATIONS}`]: { member_ids: [hugo.id] },
  })
  await renderWithProviders(<Inviting community={makeCommunity({ abilities: ['invite'] })} guests={false} />)
  await userEvent.click(screen.getByRole('button', { name: 'Inviter' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('searchbox', { name: 'Chercher une personne' }), 'hugo')
  await userEvent.click(await dialog.findByRole('button', { name: 'Choisir Hugo Ferreira' }))
  await userEvent.type(dialog.getByRole('textbox', { name: /Quelques mots/ }), 'Viens !')
  await userEvent.click(dialog.getByRole('button', { name: 'Inviter 1 personne' }))
  expect(await dialog.findByText('1 invitation est partie.')).toBeInTheDocument()
  expect(server.to(`POST ${INVITATIONS}`)[0]?.body).toEqual({ member_ids: [hugo.id], message: 'Viens !' })
})

test('who is kept out is listed with the reason, and may come back', async () => {
  const BANS = '/api/v1/communities/*/bans'
  const ban = { id: makePersonRef().id, name: 'Malo Ricard', reason: 'Publicité', at: '2026-11-24T08:00:00Z' }
  server.give({ [`GET ${BANS}`]: { items: [ban], next: null }, [`DELETE ${BANS}/*`]: undefined })
  await renderWithProviders(<Bans community={makeCommunity()} />)
  expect(await screen.findByText('Publicité')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Ne plus écarter Malo Ricard' }))
  await waitFor(() => expect(server.to(`DELETE ${BANS}/*`)).toHaveLength(1))
})

test('a member is kept out after saying why', async () => {
  const BAN = '/api/v1/communities/*/bans/*'
  const person = makePersonRef({ name: 'Malo Ricard' })
  const since = '2026-11-24T08:00:00Z'
  server.give({ [`PUT ${BAN}`]: undefined })
  const member = {
    person,
    role: 'member' as const,
    since,
    until: null,
    abilities: ['take_out' as const, 'ban' as const],
  }
  await renderWithProviders(<MemberRow communityId="c1" member={member} to="/people/p1" />)
  await userEvent.click(screen.getByRole('button', { name: 'Agir sur la place de Malo Ricard' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Écarter de la communauté' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox', { name: /Motif/ }), 'Publicité')
  await userEvent.click(dialog.getByRole('button', { name: 'Écarter de la communauté' }))
  await waitFor(() => expect(server.to(`PUT ${BAN}`)[0]?.body).toEqual({ reason: 'Publicité' }))
})
