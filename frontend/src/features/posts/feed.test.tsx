import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId, makeMember, makeSession } from '@/testing/make'
import { makeCommunityCard } from '@/testing/makeCommunity'
import { makePost } from '@/testing/makePost'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import type { Addresses } from './addresses'
import { HomeFeed } from './components/HomeFeed'
import { countNewAgain, type FeedItem, type FeedReason, feedOrder, isOfFeed, readPostAgain } from './feed'

const here = makeId()
const community = { id: here, name: 'Géographie et aménagement' }
const AS_OF = '2026-11-25T10:00:00.000Z'
const item = (words: string, reason: Partial<FeedReason> = {}): FeedItem => ({
  post: makePost(here, { html: `<p>${words}</p>` }),
  reason: { type: 'community', community, subject: null, ...reason },
})
const page = (items: FeedItem[], next: string | null = null) => ({ items, next, as_of: AS_OF })
const server = serve({
  'GET /api/v1/session': makeSession({ member: makeMember() }),
  'GET /api/v1/feed': page([item('Bottes obligatoires.')]),
  'GET /api/v1/feed/new': { count: 0 },
})
const to: Addresses = {
  person: (id) => `/people/${id}`,
  community: (id) => `/communities/${id}`,
  post: (id) => `/posts/${id}`,
}
const onTab = vi.fn()
const shown = (tab: 'for_you' | 'ideas' = 'for_you') =>
  renderWithProviders(<HomeFeed tab={tab} onTab={onTab} instead={<p>Chœur universitaire</p>} to={to} />)

beforeEach(() => {
  feedOrder.set('relevant')
  onTab.mockClear()
})

test('each post is shown with the reason why', async () => {
  const reasons: [Partial<FeedReason>, string][] = [
    [{ type: 'announcement', community: null }, 'Annonce pour vous'],
    [{ type: 'square', community: null }, 'Dit à toute l’université'],
    [{ type: 'named' }, 'On vous y cite'],
    [{ type: 'yours' }, 'Vous l’avez publié'],
    [{ type: 'taking_part' }, 'Vous y prenez part'],
    [{ type: 'contact' }, 'Une personne de vos relations'],
    [{ type: 'pinned' }, 'Épinglé dans Géographie et aménagement'],
    [{ type: 'interest', subject: 'Cartes' }, 'Un de vos sujets\u00a0: Cartes'],
    [{ type: 'lively' }, 'Beaucoup en parlent'],
    [{ type: 'active' }, 'Dans Géographie et aménagement, où vous publiez'],
    [{ type: 'community' }, 'Dans Géographie et aménagement'],
  ]
  server.give({ 'GET /api/v1/feed': page(reasons.map(([reason], number) => item(`Mot ${number}.`, reason))) })
  await shown()
  await screen.findByText('Mot 10.') // The first few are drawn first.
  const articles = screen.getAllByRole('article')
  expect(articles.map((one) => one.querySelector('p')?.textContent)).toEqual(reasons.map(([, words]) => words))
})

test('by time is one switch, which is remembered', async () => {
  await shown()
  await screen.findByText('Bottes obligatoires.')
  expect(server.to('GET /api/v1/feed')[0]?.search.get('order')).toBe('relevant')
  await userEvent.click(screen.getByRole('button', { name: 'Récent', pressed: false }))
  await waitFor(() => expect(server.to('GET /api/v1/feed').at(-1)?.search.get('order')).toBe('recent'))
  expect(screen.getByRole('button', { name: 'Récent', pressed: true })).toBeInTheDocument()
  expect(localStorage.getItem('parvis-feed-order')).toBe('recent')
})

test('a tab is asked for by its name, and more by the cursor', async () => {
  server.give({
    'GET /api/v1/feed': ({ search }) =>
      search.get('cursor') === 'two' ? page([item('Une autre idée.')]) : page([item('Une idée.')], 'two'),
  })
  await shown('ideas')
  await userEvent.click(await screen.findByRole('button', { name: 'Communautés' }))
  expect(onTab).toHaveBeenCalledWith('communities')
  await userEvent.click(screen.getByRole('button', { name: 'Afficher la suite' }))
  expect(await screen.findByText('Une autre idée.')).toBeInTheDocument()
  expect(server.to('GET /api/v1/feed').map(({ search }) => search.get('tab'))).toEqual(['ideas', 'ideas'])
  expect(screen.getByText('Une idée.')).toBeInTheDocument()
})

test('what is new is told by a line, and nothing moves before it is asked for', async () => {
  const { queryClient } = await shown()
  await screen.findByText('Bottes obligatoires.')
  server.give({
    'GET /api/v1/feed': page([item('Tout neuf.'), item('Bottes obligatoires.')]),
    'GET /api/v1/feed/new': { count: 3 },
  })
  countNewAgain(queryClient)
  countNewAgain(queryClient)
  const line = await screen.findByRole('button', { name: '3 nouvelles publications' }, { timeout: 4000 })
  expect(server.to('GET /api/v1/feed/new').at(-1)?.search.get('since')).toBe(AS_OF)
  expect(server.to('GET /api/v1/feed/new')).toHaveLength(2)
  void queryClient.invalidateQueries({ predicate: (query) => !isOfFeed(query) })
  expect(screen.queryByText('Tout neuf.')).not.toBeInTheDocument()
  await userEvent.click(line)
  expect(await screen.findByText('Tout neuf.')).toBeInTheDocument()
  expect(screen.getByRole('region', { name: 'Fil d’accueil' })).toHaveFocus()
})

test('a post that changes is changed where it stands, and goes when it is no longer there', async () => {
  const [one, other] = [item('Rendez-vous lundi.'), item('Et après.')]
  server.give({
    'GET /api/v1/feed': page([one, other]),
    [`GET /api/v1/posts/${one.post.id}`]: { ...one.post, html: '<p>Rendez-vous mardi.</p>' },
    [`GET /api/v1/posts/${other.post.id}`]: problem(404, 'not_found', 'Page introuvable'),
  })
  const { queryClient } = await shown()
  await screen.findByText('Rendez-vous lundi.')
  await readPostAgain(queryClient, makeId())
  expect(server.calls.filter(({ path }) => path.startsWith('/api/v1/posts/'))).toEqual([])
  await readPostAgain(queryClient, one.post.id)
  expect(await screen.findByText('Rendez-vous mardi.')).toBeInTheDocument()
  await readPostAgain(queryClient, other.post.id)
  await waitFor(() => expect(screen.queryByText('Et après.')).not.toBeInTheDocument())
  expect(server.to('GET /api/v1/feed')).toHaveLength(1)
})

test('who has nothing to read is offered communities', async () => {
  server.give({ 'GET /api/v1/feed': page([]) })
  await shown()
  expect(await screen.findByRole('heading', { name: 'Rien ici pour l’instant' })).toBeInTheDocument()
  expect(screen.getByText('Chœur universitaire')).toBeInTheDocument()
})

test('one writes from home to a community that one chooses', async () => {
  const card = makeCommunityCard({ name: 'Chœur universitaire', abilities: ['post'] })
  server.give({
    'GET /api/v1/communities': { items: [card], next: null },
    [`POST /api/v1/communities/${card.id}/posts`]: makePost(card.id),
  })
  await shown()
  await userEvent.click(await screen.findByRole('button', { name: 'Idée' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Chœur universitaire' }))
  const title = await screen.findByLabelText(/Votre idée en une phrase/)
  expect(within(screen.getByRole('list', { name: 'Publié dans' })).getByText('Chœur universitaire')).toBeInTheDocument()
  await userEvent.type(title, 'Un concert')
  await userEvent.type(screen.getByLabelText(/Votre texte/), 'Au printemps.')
  await userEvent.click(screen.getByRole('button', { name: 'Publier' }))
  await waitFor(() => expect(server.to(`POST /api/v1/communities/${card.id}/posts`)).toHaveLength(1))
  await waitFor(() => expect(server.to('GET /api/v1/feed')).toHaveLength(2))
})
