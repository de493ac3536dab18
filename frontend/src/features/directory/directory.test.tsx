import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { makeCard, makeFacets } from '@/testing/makeDirectory'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { DirectoryView } from './components/DirectoryView'
import { type DirectorySearch, searchOf, toggled } from './search'

const claire = makeCard()
const values = {
  public: [
    ['student', 'Étudiants', 41],
    ['alum', 'Alumni', 28],
  ] as [string, string, number][],
  city: Array.from({ length: 24 }, (_, index): [string, string, number] => [
    `ville ${index}`,
    `Ville ${index}`,
    100 - index,
  ]),
  mentoring: [['open', 'Propose du mentorat', 9]] as [string, string, number][],
}
const server = serve({
  'GET /api/v1/directory': { items: [claire], next: null },
  'GET /api/v1/directory/facets': makeFacets(69, values),
})

function Looking({ at = {}, heard = () => {} }: { at?: DirectorySearch; heard?: (search: DirectorySearch) => void }) {
  const [search, setSearch] = useState(at)
  return (
    <DirectoryView
      search={search}
      onSearch={(next) => {
        heard(next)
        setSearch(next)
      }}
      addressOf={(id) => `/people/${id}`}
    />
  )
}

const asked = (path: string) => server.calls.filter((call) => call.path === path).at(-1)?.search

test('a card says who somebody is, and leads to the profile', async () => {
  await renderWithProviders(<Looking />)
  const link = await screen.findByRole('link', { name: 'Claire Vasseur' })
  expect(link).toHaveAttribute('href', `/people/${claire.id}`)
  const card = within(link.closest('li') as HTMLElement)
  expect(card.getByText('Alumni 2014, Géographie')).toBeInTheDocument()
  expect(card.getByText('Urbaniste, Ville de Montréal')).toBeInTheDocument()
  expect(card.getByText('Montréal')).toBeInTheDocument()
  expect(card.getByText('Cartographie')).toBeInTheDocument()
  expect(card.getByText('Mentorat')).toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('69 personnes'))
})

test('what a person hides leaves no trace on the card', async () => {
  const hidden = { public: null, affiliations: [], headline: null, city: null, skills: [], mentoring: false }
  server.give({ 'GET /api/v1/directory': { items: [makeCard(hidden)], next: null } })
  await renderWithProviders(<Looking />)
  const card = (await screen.findByRole('link', { name: 'Claire Vasseur' })).closest('li')
  expect(card).toHaveTextContent(/^CVClaire Vasseur$/)
})

test('words are looked for when they are sent', async () => {
  const heard = vi.fn()
  await renderWithProviders(<Looking heard={heard} />)
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Nom, métier ou compétence' }), 'rivières{Enter}')
  expect(heard).toHaveBeenCalledExactlyOnceWith({ q: 'rivières' })
  await waitFor(() => expect(asked('/api/v1/directory')?.get('q')).toBe('rivières'))
  expect(asked('/api/v1/directory/facets')?.get('q')).toBe('rivières')
  expect(screen.getByRole('button', { name: 'Tri : Pertinence' })).toBeInTheDocument()
})

test('a chosen value narrows, shows as a chip, and is taken away by it', async () => {
  await renderWithProviders(<Looking />)
  await userEvent.click(await screen.findByRole('checkbox', { name: /Étudiants/ }))
  await waitFor(() => expect(asked('/api/v1/directory')?.getAll('public')).toEqual(['student']))
  await userEvent.click(screen.getByRole('button', { name: 'Retirer le filtre Étudiants' }))
  await waitFor(() => expect(asked('/api/v1/directory')?.getAll('public')).toEqual([]))
  expect(screen.queryByRole('button', { name: /Retirer le filtre/ })).not.toBeInTheDocument()
})

test('mentoring is a switch', async () => {
  await renderWithProviders(<Looking />)
  await userEvent.click(await screen.findByRole('switch', { name: 'Propose du mentorat' }))
  await waitFor(() => expect(asked('/api/v1/directory')?.get('mentoring')).toBe('true'))
})

test('of a long facet the first values are shown, and the others are found by their words', async () => {
  server.give({
    'GET /api/v1/directory/facets/city': {
      items: [{ key: 'zanzibar', label: 'Zanzibar', people: 1, chosen: false }],
    },
  })
  await renderWithProviders(<Looking />)
  expect(await screen.findByRole('checkbox', { name: /Ville 5/ })).toBeInTheDocument()
  expect(screen.queryByRole('checkbox', { name: /Ville 6/ })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Tout voir dans « Lieu »' }))
  expect(screen.getByRole('checkbox', { name: /Ville 23/ })).toBeInTheDocument()
  await userEvent.type(screen.getByRole('searchbox', { name: 'Chercher dans « Lieu »' }), 'zan')
  expect(await screen.findByRole('checkbox', { name: /Zanzibar/ })).toBeInTheDocument()
})

test('the order is chosen from a menu', async () => {
  const heard = vi.fn()
  await renderWithProviders(<Looking heard={heard} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Tri : Nom' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Arrivées récentes' }))
  expect(heard).toHaveBeenCalledWith({ sort: 'recent' })
  await waitFor(() => expect(asked('/api/v1/directory')?.get('sort')).toBe('recent'))
})

test('a list that goes on is read further from its cursor', async () => {
  server.give({
    'GET /api/v1/directory': ({ search }) =>
      search.get('cursor') === 'two'
        ? { items: [makeCard({ name: 'Thomas Nguyen' })], next: null }
        : { items: [claire], next: 'two' },
  })
  await renderWithProviders(<Looking />)
  await userEvent.click(await screen.findByRole('button', { name: 'Afficher la suite' }))
  expect(await screen.findByRole('link', { name: 'Thomas Nguyen' })).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Claire Vasseur' })).toBeInTheDocument()
})

test('when nobody is found, the filters can be taken away', async () => {
  server.give({
    'GET /api/v1/directory': { items: [], next: null },
    'GET /api/v1/directory/facets': makeFacets(0, values),
  })
  const heard = vi.fn()
  await renderWithProviders(<Looking at={{ q: 'eau', public: ['staff'] }} heard={heard} />)
  expect(await screen.findByText('Personne ne répond à cette recherche')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer les filtres' }))
  expect(heard).toHaveBeenCalledWith({ q: 'eau' })
})

test('an address says what is looked for, and nothing else passes', () => {
  expect(
    searchOf({ q: 'eau', public: ['staff', 'nobody'], city: 'lyon', mentoring: 'true', sort: 'up', x: '1' }),
  ).toEqual({ q: 'eau', public: ['staff'], city: ['lyon'], mentoring: 'true' })
  expect(toggled({ city: ['lyon'] }, 'city', 'brest')).toEqual({ city: ['lyon', 'brest'] })
  expect(toggled({ city: ['lyon'] }, 'city', 'lyon').city).toBeUndefined()
})
