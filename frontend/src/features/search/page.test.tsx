import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { makeId } from '@/testing/make'
import { makeConversation } from '@/testing/makeChat'
import { makeCommunity, makeCommunityCard } from '@/testing/makeCommunity'
import {
  makeAnswer,
  makeFoundComment,
  makeFoundDocument,
  makeFoundMessage,
  makeFoundPerson,
  makeFoundRemark,
  passage,
} from '@/testing/makeSearch'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { SearchView } from './components/SearchView'
import { chosenCount, type GlobalSearch, searchOf, unfiltered } from './search'

const to = {
  person: (id: string) => `/people/${id}`,
  community: (id: string) => `/communities/${id}`,
  post: (id: string, comment?: string) => `/posts/${id}${comment ? `/comments/${comment}` : ''}`,
  document: (id: string, thread?: string) => `/documents/${id}${thread ? `?fil=${thread}` : ''}`,
  message: (id: string, number: number | null) => `/messages/${id}?m=${number}`,
}
const report = makeFoundDocument({ passages: [passage('la cote de la **crue**')], reason: 'file_text' })
const server = serve({
  'GET /api/v1/search': makeAnswer([report, makeFoundPerson()]),
  'GET /api/v1/communities': { items: [makeCommunityCard()], next: null },
  'GET /api/v1/me/searches': { items: [] },
  'POST /api/v1/me/searches': ({ body }) => ({ id: makeId(), at: '2026-11-20T10:00:00Z', ...(body as object) }),
})

function Looking({ at = {}, heard = () => {} }: { at?: GlobalSearch; heard?: (search: GlobalSearch) => void }) {
  const [search, setSearch] = useState(at)
  return (
    <SearchView
      search={search}
      onSearch={(next) => {
        heard(next)
        setSearch(next)
      }}
      to={to}
      mayReadDirectory
    />
  )
}

const asked = () => server.to('GET /api/v1/search').at(-1)?.search

test('a result says why it is one, whose and where it is, and leads to its very place', async () => {
  const [comment, message] = [makeFoundComment('p1'), makeFoundMessage(42)]
  server.give({ 'GET /api/v1/search': makeAnswer([report, comment, message]) })
  await renderWithProviders(<Looking at={{ q: 'crue' }} />)
  const link = await screen.findByRole('link', { name: 'Rapport de crue 1998' })
  expect(link).toHaveAttribute('href', `/documents/${report.id}`)
  const row = within(link.closest('li') as HTMLElement)
  expect(row.getByText('crue', { selector: 'p mark' })).toBeInTheDocument()
  expect(row.getByText('Dans le fichier')).toBeInTheDocument()
  expect(row.getByText('PDF, 3,1 Mo')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Sortie de terrain' })).toHaveAttribute(
    'href',
    `/posts/p1/comments/${comment.id}`,
  )
  expect(screen.getByRole('link', { name: 'Terrain' })).toHaveAttribute(
    'href',
    `/messages/${message.target.conversation_id}?m=42`,
  )
  await waitFor(() => expect(screen.getByText('3 résultats')).toHaveAttribute('role', 'status'))
})

test('a comment of a page leads to its discussion', async () => {
  server.give({ 'GET /api/v1/search': makeAnswer([makeFoundRemark('d1')]) })
  await renderWithProviders(<Looking at={{ q: 'crue' }} />)
  expect(await screen.findByRole('link', { name: 'Protocole de mesure' })).toHaveAttribute(
    'href',
    '/documents/d1?fil=t1',
  )
})

test('several kinds of an address are all shown as chosen, and a filter that is empty says so', async () => {
  const counts = [
    { kind: 'document' as const, count: 3, is_limited: false },
    { kind: 'post' as const, count: 4, is_limited: false },
    { kind: 'event' as const, count: 5, is_limited: false },
  ]
  server.give({ 'GET /api/v1/search': makeAnswer([report], { counts }) })
  await renderWithProviders(<Looking at={{ q: 'crue', kinds: ['document', 'post'] }} />)
  expect(await screen.findByText('7 résultats')).toBeInTheDocument()
  const pressed = screen.getAllByRole('button', { pressed: true }).map(({ textContent }) => textContent)
  expect(pressed).toEqual(['Documents 3', 'Publications 4'])
  expect(screen.getByRole('combobox', { name: 'Communauté' })).toHaveAttribute('placeholder', 'Toutes')
  expect(screen.getByRole('combobox', { name: 'De la part de' })).toHaveAttribute('placeholder', 'Tout le monde')
})

test('where the list ends before all that was found, it says so', async () => {
  server.give({ 'GET /api/v1/search': makeAnswer([report], { is_cut: true }) })
  await renderWithProviders(<Looking at={{ q: 'crue' }} />)
  expect(await screen.findByText(/Seuls les 300 résultats les plus pertinents/)).toBeInTheDocument()
})

test('words are looked for when they are sent, and kept', async () => {
  const heard = vi.fn()
  await renderWithProviders(<Looking heard={heard} />)
  expect(await screen.findByText('Que cherchez-vous ?')).toBeInTheDocument()
  await userEvent.type(screen.getByRole('searchbox'), 'crue{Enter}')
  expect(heard).toHaveBeenCalledExactlyOnceWith({ q: 'crue' })
  await waitFor(() => expect(asked()?.get('q')).toBe('crue'))
  await waitFor(() => expect(server.to('POST /api/v1/me/searches')).toHaveLength(1))
})

test('kind, public, dates and order narrow it, and each is taken away by its chip', async () => {
  await renderWithProviders(<Looking at={{ q: 'crue' }} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Documents 1' }))
  await waitFor(() => expect(asked()?.getAll('kinds')).toEqual(['document']))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Alumni' }))
  await waitFor(() => expect(asked()?.get('public')).toBe('alum'))
  await userEvent.click(screen.getByRole('button', { name: /^Tri/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Plus récents' }))
  await waitFor(() => expect(asked()?.get('sort')).toBe('recent'))
  await userEvent.click(screen.getByRole('button', { name: 'Retirer le filtre Alumni' }))
  await waitFor(() => expect(asked()?.get('public')).toBeNull())
  expect(asked()?.get('sort')).toBe('recent')
})

test('a place that the address names is called by its name', async () => {
  const choir = makeCommunity({ name: 'Chœur universitaire' })
  server.give({ 'GET /api/v1/communities/*': choir })
  await renderWithProviders(<Looking at={{ q: 'crue', place: choir.id }} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer le filtre Dans Chœur universitaire' }))
  await waitFor(() => expect(asked()?.get('place_id')).toBeNull())
})

test('a conversation that the address names is called by its name, and is no community', async () => {
  const harbour = makeConversation({ kind: 'channel', name: 'Marégraphes' })
  server.give({
    'GET /api/v1/communities/*': problem(404, 'not_found', 'Introuvable'),
    'GET /api/v1/conversations/*': harbour,
  })
  await renderWithProviders(<Looking at={{ q: 'crue', place: harbour.id }} />)
  expect(await screen.findByRole('button', { name: 'Retirer le filtre Dans Marégraphes' })).toBeInTheDocument()
  expect(screen.getByRole('combobox', { name: 'Communauté' })).toHaveValue('')
})

test('a list that goes on is read further from its cursor', async () => {
  server.give({
    'GET /api/v1/search': ({ search }) =>
      search.get('cursor') === 'two'
        ? makeAnswer([makeFoundPerson('Malo Ricard')])
        : makeAnswer([report], { next: 'two' }),
  })
  await renderWithProviders(<Looking at={{ q: 'crue' }} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Afficher la suite' }))
  expect(await screen.findByRole('link', { name: 'Malo Ricard' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Rapport de crue 1998' })).toBeInTheDocument()
})

test('when nothing is found, the filters can be taken away', async () => {
  server.give({ 'GET /api/v1/search': makeAnswer([]) })
  const heard = vi.fn()
  await renderWithProviders(<Looking at={{ q: 'crue', kinds: ['event'], since: '2026-01-01' }} heard={heard} />)
  expect(await screen.findByText('Rien pour « crue »')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer les filtres' }))
  expect(heard).toHaveBeenCalledWith({ q: 'crue' })
})

test('one forgets a search, or takes it up again', async () => {
  const place = { kind: 'community', id: makeId(), name: 'Chœur universitaire' }
  const kept = {
    id: makeId(),
    q: 'relevés',
    kinds: ['document'],
    place_id: place.id,
    place,
    at: '2026-11-20T10:00:00Z',
  }
  server.give({ 'GET /api/v1/me/searches': { items: [kept] }, 'DELETE /api/v1/me/searches/*': undefined })
  const heard = vi.fn()
  await renderWithProviders(<Looking heard={heard} />)
  await userEvent.click(await screen.findByRole('button', { name: /Oublier la recherche/ }))
  await waitFor(() => expect(server.to('DELETE /api/v1/me/searches/*')).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: 'relevésDocuments, Dans Chœur universitaire' }))
  expect(heard).toHaveBeenCalledWith({ q: 'relevés', kinds: ['document'], place: place.id })
})

test('an address says what is looked for, and nothing else passes', () => {
  const id = makeId()
  expect(
    searchOf({
      q: 'eau',
      kinds: ['post', 'nothing'],
      place: id,
      author: 'x',
      public: 'staff',
      since: '2026-13-40',
      x: '1',
    }),
  ).toEqual({ q: 'eau', kinds: ['post'], place: id, public: 'staff' })
  expect(searchOf({ q: '', until: '2026-02-03', sort: 'recent' })).toEqual({ until: '2026-02-03', sort: 'recent' })
  expect(chosenCount({ q: 'eau', place: id, public: 'staff', kinds: ['post'] })).toBe(2)
  expect(unfiltered({ q: 'eau', place: id, sort: 'recent' })).toEqual({ q: 'eau', sort: 'recent' })
})
