import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { forgetAllWriting } from '@/lib/writing'
import { makeId, makeMember, makeSession } from '@/testing/make'
import { makeCommunityCard, makePersonRef } from '@/testing/makeCommunity'
import { makePost, makeScheduled } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { Composer } from './components/Composer'
import { ScheduledList } from './components/ScheduledList'

const WALL = '/api/v1/communities/*/posts'
const here = makeId()
const claire = makePersonRef({ name: 'Claire Vasseur' })
const choir = makeCommunityCard({ name: 'Chœur universitaire', abilities: ['post'] })
const member = makeMember()
const server = serve({
  'GET /api/v1/session': makeSession({ member }),
  [`POST ${WALL}`]: makePost(here),
  'POST /api/v1/posts': makePost(here),
  'POST /api/v1/posts/previews': { html: '<p>Comme <strong>lu</strong>.</p>' },
  'GET /api/v1/communities/*/members': {
    items: [{ person: claire, role: 'member', since: '2026-01-01T00:00:00Z', until: null, abilities: [] }],
    next: null,
  },
  'GET /api/v1/communities/*/called/count': { calls: true, people: 212, told: 207 },
  'GET /api/v1/communities': {
    items: [choir, makeCommunityCard({ name: 'Lecture seule', abilities: ['read'] })],
    next: null,
  },
})

async function open() {
  const page = await renderWithProviders(<Composer place={{ id: here, name: 'Géographie' }} mayUpload />)
  await userEvent.click(await screen.findByRole('button', { name: /Écrire à la communauté|Reprendre/ }))
  await screen.findByRole('button', { name: 'Publier' })
  return page
}
const sent = (operation: string) => server.to(operation)[0]?.body

test('a poll is asked with its choices and its rules', async () => {
  await open()
  await userEvent.click(screen.getByRole('button', { name: 'Sondage' }))
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Quel jour ?')
  await userEvent.type(screen.getByLabelText('Choix 1'), 'Lundi')
  await userEvent.type(screen.getByLabelText('Choix 2'), 'Mardi')
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter un choix' }))
  await userEvent.click(screen.getByRole('checkbox', { name: /Vote anonyme/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to(`POST ${WALL}`)).toHaveLength(1))
  const poll = { options: ['Lundi', 'Mardi'], multiple: false, anonymous: false, results: 'voted', closes_at: null }
  expect(sent(`POST ${WALL}`)).toMatchObject({ kind: 'poll', title: '', body: 'Quel jour ?', language: 'fr', poll })
})

test('it is said once to several communities, of those where one may', async () => {
  await open()
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Pour tous.')
  await userEvent.click(screen.getByRole('combobox', { name: /Ajouter une communauté/ }))
  expect(screen.queryByRole('option', { name: 'Lecture seule' })).not.toBeInTheDocument()
  await userEvent.click(await screen.findByRole('option', { name: 'Chœur universitaire' }))
  await userEvent.click(screen.getByRole('radio', { name: /Une discussion par communauté/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to('POST /api/v1/posts')).toHaveLength(1))
  expect(sent('POST /api/v1/posts')).toMatchObject({ places: [here, choir.id], discussion: 'each' })
})

test('somebody is named from the keyboard, and sent by his id', async () => {
  await open()
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Merci @Cla')
  const offered = await screen.findByRole('listbox', { name: 'Personnes à citer' })
  expect(within(offered).getByRole('option', { name: /Claire Vasseur/ })).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  expect(screen.getByLabelText(/Votre texte/)).toHaveValue('Merci @Claire Vasseur ')
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to(`POST ${WALL}`)).toHaveLength(1))
  expect(sent(`POST ${WALL}`)).toMatchObject({ body: `Merci @[Claire Vasseur](person:${claire.id}) ` })
})

test('what is written outlives the page, and is gone once it is sent', async () => {
  const page = await open()
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'À **suivre**')
  page.unmount()
  const again = await open()
  expect(screen.getByLabelText(/Votre texte/)).toHaveValue('À **suivre**')
  await userEvent.click(screen.getByRole('button', { name: 'Aperçu' }))
  expect(await screen.findByText('lu')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  expect(await screen.findByRole('button', { name: 'Écrire à la communauté' })).toBeInTheDocument()
  again.unmount()
  await open()
  expect(screen.getByLabelText(/Votre texte/)).toHaveValue('')
})

test('who signs out leaves nothing written behind', async () => {
  const page = await open()
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Secret')
  expect(JSON.stringify({ ...localStorage })).toContain('Secret')
  page.unmount()
  forgetAllWriting()
  expect(JSON.stringify({ ...localStorage })).not.toContain('Secret')
})

test('what is to be said later is sent with its time, and shown to its author', async () => {
  const kept = makeScheduled(here, { publish_at: '2099-03-18T08:00:00Z' })
  server.give({ 'POST /api/v1/me/scheduled-posts': kept })
  await open()
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'À demain.')
  fireEvent.change(screen.getByLabelText(/Publier plus tard/), { target: { value: '2099-03-18T09:00' } })
  await userEvent.click(screen.getByRole('button', { name: 'Programmer' }))
  await waitFor(() => expect(server.to('POST /api/v1/me/scheduled-posts')).toHaveLength(1))
  const publishAt = new Date('2099-03-18T09:00').toISOString()
  expect(sent('POST /api/v1/me/scheduled-posts')).toMatchObject({ places: [here], publish_at: publishAt })
})

test('what waits is changed against its version, said now, or never', async () => {
  const kept = makeScheduled(here, { body: 'À demain.', version: 3 })
  server.give({
    'GET /api/v1/me/scheduled-posts': { items: [kept, makeScheduled(makeId(), { body: 'Ailleurs.' })], next: null },
    'PUT /api/v1/me/scheduled-posts/*': kept,
    'POST /api/v1/me/scheduled-posts/*/publication': makePost(here),
    'DELETE /api/v1/me/scheduled-posts/*': undefined,
  })
  await renderWithProviders(<ScheduledList place={{ id: here, name: 'Géographie' }} mayUpload />)
  expect(await screen.findByText('À demain.')).toBeInTheDocument()
  expect(screen.queryByText('Ailleurs.')).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Publier maintenant' }))
  await waitFor(() => expect(server.to('POST /api/v1/me/scheduled-posts/*/publication')).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: 'Modifier' }))
  await userEvent.type(await screen.findByLabelText(/Votre texte/), ' Sûr.')
  await userEvent.click(screen.getByRole('button', { name: 'Programmer' }))
  await waitFor(() => expect(server.to('PUT /api/v1/me/scheduled-posts/*')).toHaveLength(1))
  const [put] = server.to('PUT /api/v1/me/scheduled-posts/*')
  expect([put?.headers.get('if-match'), put?.body]).toMatchObject(['"3"', { body: 'À demain. Sûr.' }])
  expect(JSON.stringify({ ...localStorage })).not.toContain('Sûr')
})

test('who will be notified is said before it is sent', async () => {
  await open()
  const body = screen.getByLabelText(/Votre texte/)
  expect(screen.getByText(/^Personne ne sera prévenu/)).toBeVisible()
  expect(server.to('GET /api/v1/communities/*/called/count')).toHaveLength(0)
  await userEvent.type(body, 'À 8 h, @communauté')
  expect(await screen.findByText('207 personnes seront prévenues, comme elles l’ont choisi.')).toBeVisible()
  await userEvent.type(body, 's')
  expect(screen.queryByText(/207 personnes/)).not.toBeInTheDocument()
})
