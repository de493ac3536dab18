import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeComment, makeIdea, makePoll, makePost } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import type { Addresses } from './addresses'
import { PostCard } from './components/PostCard'
import { PostWall } from './components/PostWall'
import type { Post } from './queries'

const POST = '/api/v1/posts/*'
const here = makeId()
const server = serve({ [`GET ${POST}/comments`]: { items: [], next: null } })
const to: Addresses = {
  person: (id) => `/people/${id}`,
  community: (id) => `/communities/${id}`,
  post: (id) => `/posts/${id}`,
}
const card = (more: Partial<Post>) => {
  const post = makePost(here, more)
  return renderWithProviders(<PostCard post={post} communityId={here} to={to} />)
}

test('a vote needs a choice, and is sent', async () => {
  const poll = makePoll()
  server.give({ [`PUT ${POST}/vote`]: makePost(here, { poll }) })
  await card({ kind: 'poll', poll, abilities: ['vote'] })
  await userEvent.click(screen.getByRole('button', { name: 'Voter' }))
  expect(screen.getByText('Choisissez d’abord.')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('radio', { name: 'Mardi' }))
  await userEvent.click(screen.getByRole('button', { name: 'Voter' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/vote`)).toHaveLength(1))
  expect(server.to(`PUT ${POST}/vote`)[0]?.body).toEqual({ option_ids: [poll.options[1]?.id] })
})

test('a vote is changed and taken back; results say which choice is one’s own', async () => {
  const poll = makePoll({ votes: [3, 1], mine: 0, voters: 4 })
  server.give({ [`PUT ${POST}/vote`]: makePost(here, { poll }) })
  await card({ kind: 'poll', poll, abilities: ['vote'] })
  const [first] = within(screen.getByRole('region', { name: 'Sondage' })).getAllByRole('listitem')
  expect(first).toHaveTextContent(/^LundiVotre choix75\s%$/)
  await userEvent.click(screen.getByRole('button', { name: 'Changer mon vote' }))
  expect(screen.getByRole('radio', { name: 'Lundi' })).toBeChecked()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer mon vote' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/vote`)[0]?.body).toEqual({ option_ids: [] }))
})

test('who chose what is listed where the poll is not anonymous, and counts are hidden until then', async () => {
  const poll = makePoll({ votes: [2, 0], mine: 0, voters: 2, anonymous: false })
  server.give({ [`GET ${POST}/options/*/voters`]: { items: [makePersonRef()], next: null } })
  await card({ kind: 'poll', poll, abilities: ['vote'] })
  await userEvent.click(screen.getByRole('button', { name: '2 personnes, voir qui' }))
  expect(await screen.findByRole('dialog', { name: 'Qui a choisi « Lundi »' })).toBeInTheDocument()
  expect((await screen.findAllByText('Nadia Cherkaoui')).length).toBe(2)
})

test('an idea is supported, and answered by those who run the place', async () => {
  const idea = makeIdea()
  const post = makePost(here, { kind: 'idea', idea })
  server.give({ [`PUT ${POST}/support`]: post, [`PUT ${POST}/idea-answer`]: post })
  await card({ kind: 'idea', title: 'Un garage à vélos', idea, abilities: ['support', 'answer'] })
  await userEvent.click(screen.getByRole('button', { name: 'Je soutiens' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/support`)).toHaveLength(1))
  expect(screen.getByText('Proposée')).toHaveAttribute('aria-current', 'step')
  await userEvent.click(screen.getByRole('button', { name: 'Répondre à l’idée' }))
  await userEvent.selectOptions(await screen.findByLabelText(/Ce qu’elle devient/), 'Prévue')
  await userEvent.type(screen.getByLabelText(/Votre réponse/), 'Au printemps.')
  await userEvent.click(screen.getByRole('button', { name: 'Publier la réponse' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/idea-answer`)).toHaveLength(1))
  expect(server.to(`PUT ${POST}/idea-answer`)[0]?.body).toEqual({ status: 'planned', answer: 'Au printemps.' })
})

test('one reacts by another word than thanks, and sees who did', async () => {
  const reactions = [{ kind: 'agree' as const, count: 2, mine: false }]
  server.give({
    [`PUT ${POST}/reactions/bravo`]: makePost(here),
    [`GET ${POST}/reactions/agree`]: { items: [makePersonRef({ name: 'Claire Vasseur' })], next: null },
  })
  await card({ reactions })
  await userEvent.click(screen.getByRole('button', { name: 'Réagir' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Bravo' }))
  await waitFor(() => expect(server.to(`PUT ${POST}/reactions/bravo`)).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: 'Réagir' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Qui a réagi' }))
  expect(await screen.findByText('Claire Vasseur')).toBeInTheDocument()
})

test('an edit says which version it changes, and what was written stays where somebody was faster', async () => {
  server.give({ [`PATCH ${POST}`]: problem(412, 'precondition_failed', 'Modifiée entre-temps') })
  await card({ abilities: ['edit'], version: 3 })
  await userEvent.click(screen.getByRole('button', { name: 'Plus d’actions' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Modifier' }))
  await userEvent.type(screen.getByLabelText(/Votre texte/), ' Et un ciré.')
  await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText('Modifiée entre-temps')).toBeInTheDocument()
  expect(screen.getByLabelText(/Votre texte/)).toHaveValue('Bottes obligatoires. Et un ciré.')
  const [sent] = server.to(`PATCH ${POST}`)
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { body: 'Bottes obligatoires. Et un ciré.' }])
})

test('what was said before an edit is read again', async () => {
  const earlier = {
    version: 1,
    title: '',
    body: 'Bottes.',
    html: '<p>Bottes.</p>',
    language: 'fr',
    until: '2026-11-24T09:00:00Z',
  }
  server.give({ [`GET ${POST}/versions`]: { items: [earlier], next: null } })
  await card({ edited_at: '2026-11-24T09:00:00Z', version: 2 })
  await userEvent.click(screen.getByRole('button', { name: 'Modifié' }))
  expect(await screen.findByText('Bottes.')).toBeInTheDocument()
})

test('replies beyond the first are read on demand', async () => {
  const reply = (html: string) => makeComment({ html })
  const comment = makeComment({ reply_count: 6, replies: [reply('<p>Un.</p>')] })
  server.give({
    [`GET ${POST}/comments`]: ({ search }) =>
      search.has('parent_id')
        ? { items: [reply('<p>Un.</p>'), reply('<p>Six.</p>')], next: null }
        : { items: [comment], next: null },
  })
  await card({})
  await userEvent.click(screen.getByRole('button', { name: /^Commenter/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Voir 5 autres réponses' }))
  expect(await screen.findByText('Six.')).toBeInTheDocument()
})

test('a comment refers to documents, and shows a lock for those that one may not read', async () => {
  const space = { folder_id: makeId(), kind: 'own', name: '' }
  const plan = { id: makeId(), name: 'Plan.pdf', size: 1200, group: 'pdf' }
  const locked = { id: null, is_locked: true, name: null, size: null, url: null, thumbnail_url: null }
  const comment = makeComment({ documents: [{ ...locked, media_type: null, group: null }] })
  server.give({
    [`GET ${POST}/comments`]: { items: [comment], next: null },
    [`POST ${POST}/comments`]: comment,
    'GET /api/v1/documents/spaces': { items: [space], next: null },
    'GET /api/v1/folders/*': { ...space, kind: 'space', space, path: [] },
    'GET /api/v1/folders/*/folders': { items: [], next: null },
    'GET /api/v1/folders/*/documents': { items: [plan], next: null },
  })
  await card({})
  await userEvent.click(screen.getByRole('button', { name: /^Commenter/ }))
  expect(await screen.findByText(/^Document verrouillé/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Joindre depuis Documents' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Mes documents' }))
  await userEvent.click(await screen.findByRole('button', { name: /^Plan\.pdf/ }))
  await userEvent.type(screen.getByLabelText('Votre commentaire'), 'Voyez.')
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer' }))
  await waitFor(() => expect(server.to(`POST ${POST}/comments`)).toHaveLength(1))
  expect(server.to(`POST ${POST}/comments`)[0]?.body).toMatchObject({ body: 'Voyez.', document_ids: [plan.id] })
})

test('what is pinned stands in one line on top, and leads to it', async () => {
  const pinned = makePost(here, { body: '**Sortie** du 18 mars\nDétails.' })
  server.give({
    'GET /api/v1/communities/*/posts': ({ search }) => ({ items: search.has('pinned') ? [pinned] : [], next: null }),
  })
  await renderWithProviders(<PostWall communityId={here} name="Géographie" mayPost={false} mayUpload={false} to={to} />)
  expect(await screen.findByRole('link', { name: 'Sortie du 18 mars' })).toHaveAttribute('href', `/posts/${pinned.id}`)
})
