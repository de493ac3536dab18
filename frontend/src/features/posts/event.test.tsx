import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { formatWhen, formatWhenHere } from '@/entities/gathering/when'
import { instantIn, wallClockIn } from '@/lib/dates'
import { makeId, makeMember, makeSession } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeEvent, makePost, makeScheduled } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { Composer } from './components/Composer'
import { HomeComposer } from './components/HomeComposer'
import { PostCard } from './components/PostCard'
import { ScheduledList } from './components/ScheduledList'
import { beginningAt, eventDraft, eventWriting, newEvent } from './event'
import type { EventPost } from './queries'

const POST = '/api/v1/posts/*'
const WALL = '/api/v1/communities/*/posts'
const here = makeId()
const to = { person: (id: string) => id, community: (id: string) => id, post: (id: string) => id }
const server = serve({
  'GET /api/v1/session': makeSession({ member: makeMember() }),
  [`GET ${POST}/comments`]: { items: [], next: null },
})
type Mine = NonNullable<EventPost['event']['mine']>
const mine = (more: Partial<Mine> = {}): Mine => ({
  answer: 'yes',
  waiting: false,
  minutes_before: 1440,
  by_mail: false,
  ...more,
})
const card = (event: Partial<EventPost['event']>, abilities: EventPost['abilities'] = ['attend']) => {
  const post = makePost(here, { kind: 'event', title: 'Métiers de l’eau', event: makeEvent(event), abilities })
  return renderWithProviders(<PostCard post={post} communityId={here} to={to} />)
}

test('one signs up where seats are counted, and takes it back', async () => {
  server.give({ [`PUT ${POST}/attendance`]: makePost(here), [`DELETE ${POST}/attendance`]: makePost(here) })
  const page = await card({ seats: 20, seats_left: 3, going: 17 })
  expect(screen.getByRole('region', { name: 'Événement' })).toHaveTextContent(
    '17 personnes viennent, 3 places restantes',
  )
  await userEvent.click(screen.getByRole('button', { name: 'Je m’inscris' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/attendance`)[0]?.body).toEqual({ answer: 'yes' }))
  page.unmount()
  await card({ seats: 20, seats_left: 2, going: 18, mine: mine() })
  const pressed = screen.getByRole('button', { name: 'Je m’inscris' })
  expect(pressed).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(pressed)
  await waitFor(() => expect(server.to(`DELETE ${POST}/attendance`)).toHaveLength(1))
})

test('an event is begun at home, and on the square by who announces', async () => {
  server.give({
    'GET /api/v1/session': makeSession({ member: makeMember({ abilities: ['announce'] }) }),
    'GET /api/v1/communities': { items: [], next: null },
    'POST /api/v1/square/posts': makePost(here),
  })
  await renderWithProviders(<HomeComposer />)
  await userEvent.click(await screen.findByRole('button', { name: 'Événement' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Toute l’université' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Nom de l’événement' }), 'Forum des métiers')
  expect(screen.queryByLabelText(/Publier plus tard/)).not.toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: 'Votre texte' }), 'Venez.')
  fireEvent.change(screen.getByLabelText('Début'), { target: { value: '2099-03-18T14:00' } })
  fireEvent.change(screen.getByLabelText('Fin'), { target: { value: '2099-03-18T17:00' } })
  await userEvent.type(screen.getByLabelText(/Lieu/), 'Parvis')
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() =>
    expect(server.to('POST /api/v1/square/posts')[0]?.body).toMatchObject({
      kind: 'event',
      title: 'Forum des métiers',
      event: { place: 'Parvis' },
    }),
  )
})

test('who finds it full waits, and is told so', async () => {
  server.give({ [`PUT ${POST}/attendance`]: makePost(here) })
  const page = await card({ seats: 1, seats_left: 0, going: 1 })
  await userEvent.click(screen.getByRole('button', { name: 'Rejoindre la liste d’attente' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/attendance`)[0]?.body).toEqual({ answer: 'yes' }))
  page.unmount()
  await card({ seats: 1, seats_left: 0, going: 1, waiting: 1, mine: mine({ waiting: true }) })
  expect(screen.getByRole('status')).toHaveTextContent('Vous êtes sur la liste d’attente.')
})

test('a reminder is chosen, sent by mail too, or done without', async () => {
  server.give({ [`PUT ${POST}/reminder`]: makePost(here), [`DELETE ${POST}/reminder`]: makePost(here) })
  await card({ going: 1, mine: mine() })
  await userEvent.click(screen.getByRole('checkbox', { name: 'Aussi par mail' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/reminder`)).toHaveLength(1))
  expect(server.to(`PUT ${POST}/reminder`)[0]?.body).toEqual({ minutes_before: 1440, by_mail: true })
  await userEvent.selectOptions(screen.getByLabelText('Me le rappeler'), 'Jamais')
  await waitFor(() => expect(server.to(`DELETE ${POST}/reminder`)).toHaveLength(1))
})

test.each([
  [{ cancelled: true }, ['attend'] as const, 'Cet événement est annulé.'],
  [{}, [] as const, 'Rejoignez la communauté pour répondre.'],
])('nobody answers where it takes none', async (event, abilities, words) => {
  await card(event, [...abilities])
  expect(screen.getByText(words)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Je viens/ })).not.toBeInTheDocument()
})

test('who comes is listed, one answer at a time', async () => {
  server.give({ [`GET ${POST}/attendees`]: { items: [makePersonRef({ name: 'Claire Vasseur' })], next: null } })
  await card({ going: 1, waiting: 2, seats: 1, seats_left: 0 })
  await userEvent.click(screen.getByRole('button', { name: 'Voir qui vient' }))
  expect(await screen.findByText('Claire Vasseur')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'En attente 2' }))
  await waitFor(() => expect(server.to(`GET ${POST}/attendees`)).toHaveLength(2))
  expect(server.to(`GET ${POST}/attendees`)[1]?.search.get('answer')).toBe('waiting')
})

test('an author cancels it, and changes its time against its version', async () => {
  server.give({ [`PUT ${POST}/cancellation`]: makePost(here), [`PATCH ${POST}`]: makePost(here) })
  await card({}, ['attend', 'cancel', 'edit'])
  await userEvent.click(screen.getByRole('button', { name: 'Plus d’actions' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Modifier' }))
  expect(await screen.findByLabelText('Début')).toHaveValue('2099-12-03T14:00')
  fireEvent.change(screen.getByLabelText('Début'), { target: { value: '2099-12-04T10:00' } })
  expect(screen.getByLabelText('Fin')).toHaveValue('2099-12-04T11:00')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  await waitFor(() => expect(server.to(`PATCH ${POST}`)).toHaveLength(1))
  expect(server.to(`PATCH ${POST}`)[0]?.body).toMatchObject({
    event: { starts_at: '2099-12-04T09:00:00.000Z', ends_at: '2099-12-04T10:00:00.000Z', time_zone: 'Europe/Paris' },
  })
  await userEvent.click(screen.getByRole('button', { name: 'Plus d’actions' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Annuler l’événement' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Annuler l’événement' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/cancellation`)).toHaveLength(1))
  expect(server.to(`PUT ${POST}/cancellation`)[0]?.headers.get('if-match')).toBe('"1"')
})

test('an event is written with its days, its place and its seats, and kept like a poll', async () => {
  server.give({ [`POST ${WALL}`]: makePost(here) })
  const page = await renderWithProviders(<Composer place={{ id: here, name: 'Géographie' }} mayUpload />)
  await userEvent.click(await screen.findByRole('button', { name: /Écrire à la communauté/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Événement' }))
  await userEvent.type(screen.getByLabelText(/Nom de l’événement/), 'Sortie')
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Bottes.')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Toute la journée' }))
  fireEvent.change(screen.getByLabelText('Premier jour'), { target: { value: '2099-03-18' } })
  await userEvent.type(screen.getByLabelText(/Lieu/), 'La Valorne')
  await userEvent.type(screen.getByLabelText(/Nombre de places/), '12')
  page.unmount()
  await renderWithProviders(<Composer place={{ id: here, name: 'Géographie' }} mayUpload />)
  await userEvent.click(await screen.findByRole('button', { name: 'Reprendre votre brouillon' }))
  expect(await screen.findByLabelText('Dernier jour')).toHaveValue('2099-03-18')
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to(`POST ${WALL}`)).toHaveLength(1))
  const event = { whole_day: true, place: 'La Valorne', seats: 12, link: null }
  expect(server.to(`POST ${WALL}`)[0]?.body).toMatchObject({ kind: 'event', title: 'Sortie', event })
})

test('what is to be said later keeps its event', async () => {
  const kept = makeScheduled(here, { kind: 'event', title: 'Concert', event: { ...draft, link: null } })
  server.give({ 'GET /api/v1/me/scheduled-posts': { items: [kept], next: null } })
  await renderWithProviders(<ScheduledList place={{ id: here, name: 'Géographie' }} mayUpload />)
  await userEvent.click(await screen.findByRole('button', { name: 'Modifier' }))
  expect(await screen.findByLabelText('Début')).toHaveValue('2099-07-01T20:30')
})

const draft = {
  starts_at: '2099-07-01T18:30:00.000Z',
  ends_at: '2099-07-01T20:30:00.000Z',
  time_zone: 'Europe/Paris',
  whole_day: false,
  place: 'Chapelle',
  link: 'https://visio.example',
  seats: 40,
}

test('an event goes through its fields and back, also whole days and where clocks change', () => {
  expect(eventDraft(eventWriting(draft))).toEqual(draft)
  const days = { ...draft, whole_day: true, starts_at: '2026-03-28T23:00:00.000Z', ends_at: '2026-03-30T22:00:00.000Z' }
  const written = eventWriting(days)
  expect([written.startsAt.slice(0, 10), written.endsAt.slice(0, 10)]).toEqual(['2026-03-29', '2026-03-30'])
  expect(eventDraft(written)).toMatchObject({ starts_at: '2026-03-29T10:00:00.000Z', whole_day: true })
  expect(eventDraft(newEvent())).toMatchObject({ starts_at: '', link: null, seats: null })
  expect(beginningAt(newEvent(), '2026-12-31T23:30').endsAt).toBe('2027-01-01T00:30')
  for (const wall of ['2026-03-29T01:30', '2026-03-29T03:30', '2026-10-25T12:00', '2026-07-14T22:00'])
    for (const zone of ['Europe/Paris', 'America/Toronto', 'Pacific/Kiritimati'])
      expect(wallClockIn(instantIn(wall, zone), zone)).toBe(wall)
})

test('its time is said on the clocks of its place, and on one’s own where they differ', () => {
  const event = makeEvent()
  expect(formatWhen(event, 'fr').replace(/\s/g, ' ')).toBe('Jeudi 3 décembre 2099, de 14 h 00 à 16 h 00')
  expect(formatWhen({ ...event, last_day: '2099-12-04' }, 'en')).toBe(
    'Thursday, 3 December 2099 at 14:00 to Friday, 4 December 2099 at 16:00',
  )
  const days = { ...event, whole_day: true, last_day: '2099-12-05' }
  expect(formatWhen(days, 'fr').replace(/\s/g, ' ')).toBe('Du jeudi 3 décembre 2099 au samedi 5 décembre 2099')
  const far = { ...event, time_zone: 'Asia/Tokyo' }
  expect(formatWhenHere(far, 'en')).toMatch(/where you are$/)
  expect(formatWhenHere(days, 'en')).toBeUndefined()
})
