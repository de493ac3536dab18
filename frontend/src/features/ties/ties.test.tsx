import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId, makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { ContactActions } from './components/ContactActions'
import { Blocks, Contacts, Requests } from './components/Lists'
import { MentoringOffer } from './components/MentoringOffer'
import { Mentorships } from './components/Mentorships'
import type { Mentorship, Offer, Ties } from './queries'

const server = serve({ 'GET /api/v1/session': makeSession() })
const claire = { id: makeId(), name: 'Claire Vasseur', public: 'alum' as const, affiliation: 'Urbaniste', avatar: null }
const strangers: Ties = {
  contact: 'none',
  message: null,
  mentoring: null,
  mentorship: null,
  abilities: ['ask_contact', 'block'],
}
const offer: Offer = {
  text: 'Relire un mémoire.',
  minutes: 30,
  formats: ['video'],
  languages: ['fr'],
  free_places: 2,
}
const page = (...items: object[]) => ({ items, next: null })
const addressOf = (id: string) => `/people/${id}`

test('somebody is asked, with a word', async () => {
  server.give({ 'PUT /api/v1/me/contact-requests/*': { ...strangers, contact: 'sent' } })
  await renderWithProviders(<ContactActions id={claire.id} name="Claire" ties={strangers} onBlocked={() => {}} />)
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox', { name: /Un mot/ }), 'Bonjour Claire')
  await userEvent.click(dialog.getByRole('button', { name: 'Envoyer la demande' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(server.to('PUT /api/v1/me/contact-requests/*')[0]?.body).toEqual({ message: 'Bonjour Claire' })
})

test('blocking asks first, says what it does, and leaves the page', async () => {
  const onBlocked = vi.fn()
  server.give({ 'PUT /api/v1/me/blocks/*': undefined })
  await renderWithProviders(<ContactActions id={claire.id} name="Claire" ties={strangers} onBlocked={onBlocked} />)
  await userEvent.click(screen.getByRole('button', { name: 'Autres actions' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Bloquer' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/n’en sera pas averti/)).toBeInTheDocument()
  expect(server.to('PUT /api/v1/me/blocks/*')).toHaveLength(0)
  await userEvent.click(dialog.getByRole('button', { name: 'Bloquer' }))
  await waitFor(() => expect(onBlocked).toHaveBeenCalledOnce())
})

test('only what the server allows is offered', async () => {
  const ties: Ties = { ...strangers, contact: 'received', abilities: ['accept_contact', 'cancel_contact'] }
  await renderWithProviders(<ContactActions id={claire.id} name="Claire" ties={ties} onBlocked={() => {}} />)
  expect(screen.getByRole('button', { name: 'Accepter' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Décliner' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Ajouter' })).not.toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Autres actions' })).not.toBeInTheDocument()
})

test('an exchange is asked for once, even when the answer was lost', async () => {
  server.give({ 'POST /api/v1/profiles/*/mentorships': problem(503, 'unavailable', 'Indisponible') })
  const ties = { ...strangers, mentoring: offer, abilities: ['ask_mentoring' as const] }
  await renderWithProviders(
    <MentoringOffer id={claire.id} givenName="Claire" ties={ties} own={false} toExchanges={() => null} />,
  )
  expect(screen.getByText('30 min, visio')).toBeInTheDocument()
  expect(screen.getByText('2 places libres')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Demander un échange' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox'), 'Mon mémoire')
  await userEvent.click(dialog.getByRole('button', { name: 'Envoyer' }))
  expect(await dialog.findByRole('alert')).toHaveTextContent('Indisponible')
  server.give({ 'POST /api/v1/profiles/*/mentorships': { id: 'm1' } })
  await userEvent.click(dialog.getByRole('button', { name: 'Envoyer' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  const [first, second] = server.to('POST /api/v1/profiles/*/mentorships')
  expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'))
})

test('without a free place nothing can be asked for', async () => {
  const ties = { ...strangers, mentoring: { ...offer, free_places: 0 } }
  await renderWithProviders(
    <MentoringOffer id={claire.id} givenName="Claire" ties={ties} own={false} toExchanges={() => null} />,
  )
  expect(screen.getByText('Complet pour l’instant')).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('contacts, requests and blocks are lists with an act each', async () => {
  server.give({
    'GET /api/v1/me/contacts': page({ person: claire, since: '2026-11-02T08:00:00Z' }),
    'GET /api/v1/me/contact-requests': page({ person: claire, message: 'Bonjour', created_at: '2026-11-02T08:00:00Z' }),
    'GET /api/v1/me/blocks': page({ id: claire.id, name: 'Claire Vasseur', since: '2026-11-02T08:00:00Z' }),
    'DELETE /api/v1/me/contacts/*': undefined,
    'PUT /api/v1/me/contacts/*': strangers,
    'DELETE /api/v1/me/blocks/*': undefined,
  })
  await renderWithProviders(
    <>
      <Contacts q="" addressOf={addressOf} />
      <Requests direction="received" addressOf={addressOf} />
      <Blocks />
    </>,
  )
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer Claire Vasseur de vos relations' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Accepter la demande de Claire Vasseur' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Débloquer Claire Vasseur' }))
  await waitFor(() => expect(server.to('DELETE /api/v1/me/blocks/*')).toHaveLength(1))
  expect(server.to('DELETE /api/v1/me/contacts/*')).toHaveLength(1)
  expect(server.to('PUT /api/v1/me/contacts/*')).toHaveLength(1)
})

test('a mentor answers with the version that was read', async () => {
  const asked: Mentorship = {
    id: makeId(),
    state: 'asked',
    side: 'mentor',
    version: 3,
    abilities: ['accept', 'decline'],
    person: claire,
    message: 'Mon mémoire',
    answer: '',
    asked_at: '2026-11-02T08:00:00Z',
    answered_at: null,
    ended_at: null,
  }
  server.give({
    'GET /api/v1/mentorships': page(asked),
    'PUT /api/v1/mentorships/*/acceptance': { ...asked, state: 'accepted' },
  })
  await renderWithProviders(<Mentorships side="mentor" addressOf={addressOf} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Accepter la demande de Claire Vasseur' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.type(dialog.getByRole('textbox'), 'Volontiers')
  await userEvent.click(dialog.getByRole('button', { name: 'Accepter' }))
  await waitFor(() => expect(server.to('PUT /api/v1/mentorships/*/acceptance')).toHaveLength(1))
  const [sent] = server.to('PUT /api/v1/mentorships/*/acceptance')
  expect(sent?.headers.get('if-match')).toBe('"3"')
  expect(sent?.body).toEqual({ answer: 'Volontiers' })
})
