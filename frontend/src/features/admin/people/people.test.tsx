import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { makePerson } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { PeopleSearch } from './PeopleSearch'
import type { Search } from './queries'

const ines = makePerson()
const server = serve({ 'GET /api/v1/people': { items: [ines], next: null } })

function Searching({ heard = () => {} }: { heard?: (search: Search) => void }) {
  const [search, setSearch] = useState<Search>({})
  return (
    <PeopleSearch
      search={search}
      onSearch={(next) => {
        heard(next)
        setSearch(next)
      }}
      addressOf={(id) => `/admin/people/${id}`}
    />
  )
}

test('each person wears a shape, an affiliation, an address and a state', async () => {
  server.give({
    'GET /api/v1/people': {
      items: [ines, makePerson({ name: 'Zoé Late', state: 'suspended', roles: ['moderator'], affiliations: [] })],
      next: null,
    },
  })
  await renderWithProviders(<Searching />)
  const link = await screen.findByRole('link', { name: 'Inès Benali' })
  expect(link).toHaveAttribute('href', `/admin/people/${ines.id}`)
  const row = within(link.closest('tr') as HTMLElement)
  expect(row.getByText('Études, L3 Géographie, Faculté des lettres')).toBeInTheDocument()
  expect(row.getByText('ines.benali@etu.valorne.example')).toBeInTheDocument()
  expect(row.getByText('Actif')).toBeInTheDocument()
  const other = within(screen.getByRole('link', { name: 'Zoé Late' }).closest('tr') as HTMLElement)
  expect(other.getByText('Suspendu')).toBeInTheDocument()
  expect(other.getByText('Modération')).toBeInTheDocument()
  expect(other.getByText('Sans affiliation en cours')).toBeInTheDocument()
})

test('what is written is asked once, after a pause, and the count is told', async () => {
  const heard = vi.fn()
  await renderWithProviders(<Searching heard={heard} />)
  await screen.findByText('1 personne')
  await userEvent.type(screen.getByRole('searchbox', { name: 'Chercher une personne' }), 'benali')
  await waitFor(() => expect(heard).toHaveBeenCalledWith({ q: 'benali' }))
  expect(heard).toHaveBeenCalledTimes(1)
  await waitFor(() => expect(server.calls.at(-1)?.search.get('q')).toBe('benali'))
  expect(screen.getByRole('status', { name: '' })).toBeInTheDocument()
})

test('a list that goes on is read further from its cursor', async () => {
  server.give({
    'GET /api/v1/people': ({ search }) =>
      search.get('cursor') === 'after'
        ? { items: [makePerson({ name: 'Zoé Late' })], next: null }
        : { items: [ines], next: 'after' },
  })
  await renderWithProviders(<Searching />)
  expect(await screen.findByText('Les 1 premières personnes')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Afficher la suite' }))
  expect(await screen.findByRole('link', { name: 'Zoé Late' })).toBeInTheDocument()
  expect(screen.getByText('2 personnes')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Afficher la suite' })).not.toBeInTheDocument()
})

test('a state narrows the list; nobody found is said', async () => {
  server.give({ 'GET /api/v1/people': ({ search }) => ({ items: search.get('state') ? [] : [ines], next: null }) })
  await renderWithProviders(<Searching />)
  await screen.findByRole('link', { name: 'Inès Benali' })
  await userEvent.click(screen.getByRole('button', { name: 'Suspendus' }))
  expect(await screen.findByRole('heading', { name: 'Personne ici' })).toBeInTheDocument()
})

test('who may no longer look is told so, and an error can be tried again', async () => {
  server.give({
    'GET /api/v1/people': problem(403, 'forbidden', 'Accès refusé', { detail: 'Réservé aux gestionnaires.' }),
  })
  const { unmount } = await renderWithProviders(<Searching />)
  expect(await screen.findByText('Réservé aux gestionnaires.')).toBeInTheDocument()
  unmount()
  server.give({ 'GET /api/v1/people': problem(500, 'internal', 'Une erreur est survenue') })
  await renderWithProviders(<Searching />)
  const retry = await screen.findByRole('button', { name: 'Réessayer' })
  server.give({ 'GET /api/v1/people': { items: [ines], next: null } })
  await userEvent.click(retry)
  expect(await screen.findByRole('link', { name: 'Inès Benali' })).toBeInTheDocument()
})
