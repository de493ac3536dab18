import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { AgendaItem } from '@/entities/gathering/queries'
import { makeId } from '@/testing/make'
import { makeCommunityCard } from '@/testing/makeCommunity'
import { makeEvent } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Agenda, type View } from './components/Agenda'
import { CommunityEvents } from './components/CommunityEvents'
import { NextDays } from './components/NextDays'
import { addMonths, isOn, weeksOf } from './days'

const choir = makeCommunityCard({ name: 'Chœur universitaire' })
const item = (title: string, more: Partial<AgendaItem['event']> = {}): AgendaItem => ({
  id: makeId(),
  title,
  event: makeEvent(more),
  communities: [{ id: choir.id, name: choir.name }],
  on_square: false,
})
const server = serve({
  'GET /api/v1/agenda': { items: [item('Répétition'), item('Concert', { cancelled: true })], next: null },
  'GET /api/v1/communities': { items: [choir], next: null },
  'GET /api/v1/me/calendar-feed': problem(404, 'not_found', 'Introuvable'),
})
const addressOf = (id: string) => `/posts/${id}`
const show = (view: View = 'list') =>
  renderWithProviders(<Agenda view={view} onView={() => {}} addressOf={addressOf} />)
const asked = () => server.to('GET /api/v1/agenda').at(-1)?.search

test('events are listed with when, where and whether they hold, and filtered', async () => {
  await show()
  const [first, second] = await screen.findAllByRole('listitem')
  expect(first).toHaveTextContent(/Répétition.*Jeudi 3 décembre 2099.*Salle B 204.*Chœur universitaire/)
  expect(second).toHaveTextContent('Annulé')
  await userEvent.selectOptions(screen.getByLabelText('Proposés par'), 'Alumni')
  await waitFor(() => expect(asked()?.get('public')).toBe('alum'))
  await userEvent.selectOptions(screen.getByLabelText('Quels événements'), 'Les miens')
  await waitFor(() => expect(asked()?.get('answered')).toBe('true'))
  await screen.findByRole('option', { name: 'Chœur universitaire' })
  await userEvent.selectOptions(screen.getByLabelText('Communauté'), 'Chœur universitaire')
  await waitFor(() => expect(asked()?.get('community_id')).toBe(choir.id))
  expect(asked()?.has('answered')).toBe(false)
})

test('a month is a table of days, and the next one is asked for', async () => {
  const today = new Date()
  today.setHours(12, 0, 0, 0)
  const at = { starts_at: today.toISOString(), ends_at: new Date(today.getTime() + 3_600_000).toISOString() }
  server.give({ 'GET /api/v1/agenda': { items: [item('Débat', at)], next: null } })
  await show('month')
  const table = await screen.findByRole('table')
  const cell = within(table).getByRole('link', { name: /Débat/ }).closest('td')
  expect(cell).toHaveAttribute('aria-current', 'date')
  const before = asked()?.get('from')
  await userEvent.click(screen.getByRole('button', { name: 'Période suivante' }))
  await waitFor(() => expect(Date.parse(asked()?.get('from') ?? '')).toBeGreaterThan(Date.parse(before ?? '')))
  expect(screen.getByRole('status')).not.toBeEmptyDOMElement()
})

test('an address to follow is made, shown once, and revoked', async () => {
  const feed = { holds: 'answered', created_at: '2026-11-26T03:00:00Z', used_at: null, version: 1 }
  const url = 'https://parvis.example/api/v1/calendars/secret.ics'
  server.give({ 'POST /api/v1/me/calendar-feed': { ...feed, url }, 'DELETE /api/v1/me/calendar-feed': undefined })
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter à mon agenda' }))
  await userEvent.click(await screen.findByRole('radio', { name: 'Tous les événements de mes communautés' }))
  server.give({ 'GET /api/v1/me/calendar-feed': feed })
  await userEvent.click(screen.getByRole('button', { name: 'Créer l’adresse' }))
  expect(await screen.findByLabelText('Adresse de votre agenda')).toHaveValue(url)
  expect(server.to('POST /api/v1/me/calendar-feed')[0]?.body).toEqual({ holds: 'communities' })
  await userEvent.click(screen.getByRole('button', { name: 'Révoquer' }))
  await waitFor(() => expect(server.to('DELETE /api/v1/me/calendar-feed')).toHaveLength(1))
})

test('the next three stand beside the feed, and lead to the agenda', async () => {
  await renderWithProviders(<NextDays agendaAddress="/agenda" addressOf={addressOf} />)
  expect(await screen.findByRole('link', { name: 'Répétition' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Agenda' })).toHaveAttribute('href', '/agenda')
  expect(asked()?.get('limit')).toBe('3')
})

test('a community shows what comes and what took place', async () => {
  await renderWithProviders(<CommunityEvents communityId={choir.id} addressOf={addressOf} />)
  await screen.findByRole('link', { name: 'Répétition' })
  expect(asked()?.get('over')).toBe('false')
  await userEvent.click(screen.getByRole('button', { name: 'Passés' }))
  await waitFor(() => expect(asked()?.get('over')).toBe('true'))
})

test('weeks begin on Monday, months keep their own days, and events stand on each of theirs', () => {
  expect(weeksOf('2026-03-15')[0]).toEqual([
    ...['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'],
  ])
  expect(weeksOf('2026-03-15')).toHaveLength(6)
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-01')
  const days = makeEvent({ whole_day: true, first_day: '2026-03-28', last_day: '2026-03-30' })
  expect(['2026-03-27', '2026-03-28', '2026-03-30', '2026-03-31'].map((day) => isOn(days, day))).toEqual([
    false,
    true,
    true,
    false,
  ])
})
