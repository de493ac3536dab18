import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId, makeMember, makeSession } from '@/testing/make'
import { makeComment, makePost } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { type Call, problem, serve } from '@/testing/server'
import type { Addresses } from './addresses'
import { OnePost } from './components/OnePost'
import { PostCard } from './components/PostCard'
import { PostWall } from './components/PostWall'

const WALL = '/api/v1/communities/*/posts'
const COMMENTS = '/api/v1/posts/*/comments'
const ACCEPTED = '/api/v1/posts/*/accepted-answer'
const THANKS = '/api/v1/posts/*/reactions/thanks'
const here = makeId()
const post = makePost(here)
const server = serve({
  'GET /api/v1/me/scheduled-posts': { items: [], next: null },
  'GET /api/v1/session': makeSession({ member: makeMember() }),
  'GET /api/v1/communities': { items: [], next: null },
  [`GET ${WALL}`]: ({ search }) => ({ items: search.has('pinned') ? [] : [post], next: null }),
  [`POST ${WALL}`]: post,
  [`GET ${COMMENTS}`]: { items: [makeComment({ abilities: ['accept'] })], next: null },
  [`POST ${COMMENTS}`]: makeComment(),
  [`PUT ${ACCEPTED}`]: post,
  [`PUT ${THANKS}`]: post,
})
const to: Addresses = {
  person: (id) => `/people/${id}`,
  community: (id) => `/communities/${id}`,
  post: (id, commentId) => (commentId ? `/posts/${id}/comments/${commentId}` : `/posts/${id}`),
}
const wall = (mayPost = true) =>
  renderWithProviders(<PostWall communityId={here} name="Géographie" mayPost={mayPost} mayUpload={mayPost} to={to} />)

test('a question is asked with its title', async () => {
  await wall()
  await userEvent.click(await screen.findByRole('button', { name: 'Écrire à la communauté' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Question' }))
  await userEvent.type(screen.getByLabelText(/Votre question/), 'Quelle carte ?')
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Il y en a trois.')
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to(`POST ${WALL}`)).toHaveLength(1))
  expect(server.to(`POST ${WALL}`)[0]?.body).toEqual({
    kind: 'question',
    title: 'Quelle carte ?',
    body: 'Il y en a trois.',
    language: 'fr',
    images: [],
    files: [],
  })
})

test('who may not post is told so, and has no composer', async () => {
  await wall(false)
  expect(screen.getByText(/mais pas y publier/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Écrire à la communauté' })).not.toBeInTheDocument()
})

test('a post is thanked for', async () => {
  await wall()
  await userEvent.click(await screen.findByRole('button', { name: /^Merci/ }))
  await waitFor(() => expect(server.to(`PUT ${THANKS}`)).toHaveLength(1))
})

test('comments open in place, are answered, and one is accepted', async () => {
  await wall()
  await userEvent.click(await screen.findByRole('button', { name: /^Commenter/ }))
  const comments = within(screen.getByRole('region', { name: 'Commentaires' }))
  expect(await comments.findByText('Celle de l’arrêté.')).toBeInTheDocument()
  await userEvent.click(comments.getByRole('button', { name: 'Retenir cette réponse' }))
  await waitFor(() => expect(server.to(`PUT ${ACCEPTED}`)).toHaveLength(1))
  await userEvent.type(comments.getByLabelText(/Votre commentaire/), 'Merci !')
  await userEvent.click(comments.getByRole('button', { name: 'Envoyer' }))
  await waitFor(() => expect(server.to(`POST ${COMMENTS}`)).toHaveLength(1))
  expect(server.to(`POST ${COMMENTS}`)[0]?.body).toEqual({ body: 'Merci !', thread_id: post.places[0]?.thread_id })
})

test('what is typed while a comment is on its way stays', async () => {
  let answer: (comment: object) => void = () => undefined
  server.give({
    [`POST ${COMMENTS}`]: () =>
      new Promise<object>((resolve) => {
        answer = resolve
      }),
  })
  await renderWithProviders(<OnePost post={post} commentId={undefined} to={to} />)
  const area = await screen.findByLabelText(/Votre commentaire/)
  await userEvent.type(area, 'Merci !')
  await userEvent.click(screen.getByRole('button', { name: 'Envoyer' }))
  await userEvent.clear(area)
  await userEvent.type(area, 'Et la suite ?')
  answer(makeComment())
  await waitFor(() => expect(screen.getByRole('button', { name: 'Envoyer' })).not.toHaveAttribute('aria-busy'))
  expect(area).toHaveValue('Et la suite ?')
})

test('a deleted post leaves its place', async () => {
  const gone = makePost(here, { gone: true, author: null, body: '', html: '', abilities: [] })
  server.give({ [`GET ${WALL}`]: { items: [gone], next: null } })
  await wall()
  expect(await screen.findByText('Publication supprimée')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: /^Merci/ })).toBeDisabled()
})

test('a post alone shows its discussion, and where it was said', async () => {
  await renderWithProviders(<OnePost post={post} commentId={undefined} to={to} />)
  expect(screen.getByRole('heading', { level: 1, name: 'Publication de Nadia Cherkaoui' })).toBeInTheDocument()
  expect(await screen.findByText('Celle de l’arrêté.')).toBeInTheDocument()
  const beside = within(screen.getByRole('complementary', { name: 'Où c’est dit' }))
  expect(beside.getByRole('link', { name: 'Géographie et aménagement' })).toHaveAttribute(
    'href',
    `/communities/${here}`,
  )
})

test('a reply that an address names stands alone, under what it replies to', async () => {
  const over = makeComment({ body: 'La question.', html: '<p>La question.</p>', reply_count: 7 })
  const reply = makeComment({ parent_id: over.id, html: '<p>La septième.</p>' })
  const comment = ({ path }: Call) => (path.endsWith(reply.id) ? reply : over)
  server.give({ [`GET ${COMMENTS}/*`]: comment })
  await renderWithProviders(<OnePost post={post} commentId={reply.id} to={to} />)
  expect(await screen.findByText('La septième.')).toBeInTheDocument()
  expect(screen.getByText('La question.')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: /Toute la discussion/ })).toHaveAttribute('href', `/posts/${post.id}`)
  expect(screen.queryByText('Celle de l’arrêté.')).not.toBeInTheDocument()
})

test('an address of a comment that is gone leads to the discussion', async () => {
  server.give({ [`GET ${COMMENTS}/*`]: problem(404, 'not_found', 'Introuvable') })
  await renderWithProviders(<OnePost post={post} commentId={makeId()} to={to} />)
  expect(await screen.findByText('Ce commentaire n’est plus là.')).toBeInTheDocument()
  expect(await screen.findByText('Celle de l’arrêté.')).toBeInTheDocument()
})

test('an announcement shows what to know at a glance, and is said to be read', async () => {
  const announcement = {
    facts: [{ label: 'Accès', value: 'Carte, hall est' }],
    to: 'square' as const,
    publics: ['student' as const],
    essential: false,
    asks: true,
    told: 18240,
    read: 3412,
    closes_at: null,
    mine: true,
    seen_at: null,
    read_at: null,
    acknowledged_at: null,
    abilities: ['read' as const, 'acknowledge' as const],
  }
  const said = makePost(here, {
    kind: 'announcement',
    title: 'Horaires',
    places: [],
    reach: 'square',
    announcement,
  })
  server.give({ [`PUT /api/v1/announcements/${said.id}/acknowledgement`]: said })
  await renderWithProviders(<PostCard post={said} to={to} />)
  expect(screen.getByText('Annonce de l’université')).toBeInTheDocument()
  expect(screen.getByText('Carte, hall est')).toBeInTheDocument()
  expect(screen.getByText(/votre nom sera alors visible/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'J’ai lu cette annonce' }))
  await waitFor(() => expect(server.to(`PUT /api/v1/announcements/${said.id}/acknowledgement`)).toHaveLength(1))
})
