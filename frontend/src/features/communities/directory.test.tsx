import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { makeCommunityCard, makePersonRef } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { DirectoryView } from './components/DirectoryView'
import type { Suggestion } from './queries'
import { type CommunitySearch, searchOf } from './search'

const geography = makeCommunityCard()
const tags = {
  communities: 2,
  items: [
    { tag: 'cartographie', label: 'Cartographie', communities: 2 },
    { tag: 'crue', label: 'Crue', communities: 1 },
  ],
}
const server = serve({
  'GET /api/v1/communities': { items: [geography], next: null },
  'GET /api/v1/communities/tags': tags,
  'GET /api/v1/communities/suggestions': { items: [] },
})

interface LookingProps {
  at?: CommunitySearch
  heard?: (search: CommunitySearch) => void
  guest?: boolean
}

function Looking({ at = {}, heard = () => {}, guest = false }: LookingProps) {
  const [search, setSearch] = useState(at)
  return (
    <DirectoryView
      search={search}
      onSearch={(next) => {
        heard(next)
        setSearch(next)
      }}
      addressOf={(id) => `/communities/${id}`}
      create={guest ? undefined : <a href="/communities/new">Créer une communauté</a>}
    />
  )
}

const asked = (path: string) => server.calls.filter((call) => call.path === path).at(-1)?.search

test('a card says what a community is, of whom it is made, and leads to it', async () => {
  await renderWithProviders(<Looking />)
  const link = await screen.findByRole('link', { name: 'Géographie et aménagement' })
  expect(link).toHaveAttribute('href', `/communities/${geography.id}`)
  const card = within(link.closest('li') as HTMLElement)
  expect(card.getByText('Communauté ouverte')).toBeInTheDocument()
  expect(card.getByText('612 membres')).toBeInTheDocument()
  expect(card.getByText('438 étudiants')).toBeInTheDocument()
  expect(card.getByText('Cartographie')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('2 communautés'))
})

test.each([
  [{ role: 'owner' as const }, 'Propriétaire'],
  [{ asked: true }, 'Demande envoyée'],
  [{ invited: true }, 'Invitation reçue'],
  [{ role: 'member' as const, archived: true }, 'Archivée'],
])('a card says how one stands there: %o', async (standing, words) => {
  server.give({ 'GET /api/v1/communities': { items: [makeCommunityCard(standing)], next: null } })
  await renderWithProviders(<Looking />)
  expect(await screen.findByText(words)).toBeInTheDocument()
})

test('words, tag and access narrow, show as chips, and are taken away by them', async () => {
  await renderWithProviders(<Looking />)
  await userEvent.type(await screen.findByRole('searchbox'), 'crues{Enter}')
  await userEvent.click(await screen.findByRole('button', { name: /Cartographie/ }))
  await userEvent.click(screen.getByRole('radio', { name: 'Sur demande' }))
  await waitFor(() =>
    expect(Object.fromEntries(asked('/api/v1/communities') ?? [])).toMatchObject({
      q: 'crues',
      tag: 'cartographie',
      access: 'on_request',
    }),
  )
  expect(asked('/api/v1/communities/tags')?.get('tag')).toBe('cartographie')
  await userEvent.click(screen.getByRole('button', { name: 'Retirer le filtre Cartographie' }))
  await userEvent.click(screen.getByRole('button', { name: 'Retirer le filtre Sur demande' }))
  await waitFor(() => expect(asked('/api/v1/communities')?.has('tag')).toBe(false))
  expect(asked('/api/v1/communities')?.has('access')).toBe(false)
})

test('one’s own are one step away, and so is the order', async () => {
  const heard = vi.fn()
  await renderWithProviders(<Looking heard={heard} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Les miennes' }))
  await waitFor(() => expect(asked('/api/v1/communities')?.get('mine')).toBe('true'))
  await userEvent.click(screen.getByRole('button', { name: /Activité récente/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Nombre de membres' }))
  expect(heard).toHaveBeenLastCalledWith({ list: 'mine', sort: 'people' })
  await waitFor(() => expect(asked('/api/v1/communities')?.get('sort')).toBe('people'))
})

test('a list that goes on is read further from its cursor', async () => {
  server.give({
    'GET /api/v1/communities': ({ search }) =>
      search.get('cursor') === 'two'
        ? { items: [makeCommunityCard({ name: 'Chœur universitaire' })], next: null }
        : { items: [geography], next: 'two' },
  })
  await renderWithProviders(<Looking />)
  await userEvent.click(await screen.findByRole('button', { name: 'Afficher la suite' }))
  expect(await screen.findByRole('link', { name: 'Chœur universitaire' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Géographie et aménagement' })).toBeInTheDocument()
})

test.each([
  [{}, 'Aucune communauté pour l’instant', 'Créer une communauté'],
  [{ list: 'mine' as const }, 'Vous n’êtes encore dans aucune communauté', 'Voir toutes les communautés'],
  [{ access: 'secret' as const }, 'Aucune communauté ne répond à cette recherche', 'Retirer les filtres'],
])('an empty list says why, and what to do: %o', async (at, title, action) => {
  server.give({
    'GET /api/v1/communities': { items: [], next: null },
    'GET /api/v1/communities/tags': { communities: 0, items: [] },
  })
  await renderWithProviders(<Looking at={at} />)
  expect(await screen.findByText(title)).toBeInTheDocument()
  expect(screen.getByRole(action.startsWith('Créer') ? 'link' : 'button', { name: action })).toBeInTheDocument()
})

test('a guest is told nothing of lists that he has not', async () => {
  server.give({
    'GET /api/v1/communities': { items: [], next: null },
    'GET /api/v1/communities/tags': { communities: 0, items: [] },
  })
  await renderWithProviders(<Looking guest />)
  expect(await screen.findByText('Celles où l’on vous invite apparaîtront ici.')).toBeInTheDocument()
  expect(screen.queryByRole('group', { name: 'Quelles communautés' })).not.toBeInTheDocument()
  expect(screen.queryByRole('link', { name: 'Créer une communauté' })).not.toBeInTheDocument()
})

test('an address says what is looked for, and nothing else passes', () => {
  expect(searchOf({ q: ' eau ', tag: 'crue', access: 'hidden', list: 'mine', sort: 'people', x: '1' })).toEqual({
    q: 'eau',
    tag: 'crue',
    list: 'mine',
    sort: 'people',
  })
  expect(searchOf({ list: 'all', sort: 'active', access: 'secret' })).toEqual({ access: 'secret' })
})

const suggestion = (given: Partial<Suggestion>, name: string): Suggestion => ({
  community: makeCommunityCard({ id: `01991a2b-0000-7000-8000-00000000000${name.length}`, name }),
  why: 'lively',
  people: 0,
  known: [],
  subjects: [],
  ...given,
})

test('what may suit one is said with the reason, until something is looked for', async () => {
  const [claire, hugo] = [makePersonRef({ name: 'Claire Vasseur' }), makePersonRef({ name: 'Hugo Ferreira' })]
  const items = [
    suggestion({ why: 'contacts', people: 4, known: [claire, hugo] }, 'Chorale'),
    suggestion({ why: 'programme', people: 3 }, 'Vélo'),
    suggestion({ why: 'subjects', subjects: ['Crues', 'Cartes'] }, 'Rivières'),
    suggestion({}, 'Échecs'),
  ]
  server.give({ 'GET /api/v1/communities/suggestions': { items } })
  await renderWithProviders(<Looking />)
  const suggested = within(await screen.findByRole('region', { name: 'Pour vous' }))
  expect(suggested.getAllByRole('listitem').map((card) => card.querySelector('[class*="why"]')?.textContent)).toEqual([
    'Claire Vasseur, Hugo Ferreira et 2 autres de vos relations en font partie.',
    '3 personnes de votre formation en font partie.',
    'On y parle de ce qui vous intéresse\u00a0: Crues, Cartes.',
    'Parmi les plus actives.',
  ])
  await userEvent.click(screen.getByText('Les miennes'))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Pour vous' })).not.toBeInTheDocument())
})
