import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeMember, makeSession } from '@/testing/make'
import { makePerson, structure, withVersion } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { PersonView } from './PersonView'

const ines = makePerson()
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/people/*': withVersion(ines, '"1"'),
})
const show = async (more: Partial<typeof ines> = {}) => {
  server.give({ 'GET /api/v1/people/*': withVersion({ ...ines, ...more }, '"1"') })
  const shown = await renderWithProviders(<PersonView id={ines.id} history={null} />)
  await screen.findByRole('heading', { level: 1, name: 'Inès Benali' })
  return shown
}
const choose = async (field: HTMLElement, name: string) => {
  await userEvent.type(field, name.slice(0, 4))
  await userEvent.click(await screen.findByRole('option', { name }))
}
const slab = (name: string) => within(screen.getByRole('region', { name }))

test('suspending says before what it does, and after that it was done', async () => {
  const gone = makePerson({ ...ines, state: 'suspended', suspended_at: '2026-12-03T08:00:00Z', abilities: ['restore'] })
  server.give({
    'PUT /api/v1/people/*/suspension': () => {
      server.give({ 'GET /api/v1/people/*': withVersion(gone, '"1"') })
      return gone
    },
  })
  await show()
  server.give({ 'GET /api/v1/people/*': withVersion(ines, '"1"') })
  await userEvent.click(slab('Suspension').getByRole('button', { name: 'Suspendre' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Suspendre Inès Benali' }))
  expect(dialog.getByText(/Toutes ses sessions se ferment à l’instant/)).toBeInTheDocument()
  expect(server.to('PUT /api/v1/people/*/suspension')).toHaveLength(0)
  await userEvent.click(dialog.getByRole('button', { name: 'Suspendre' }))
  expect(await screen.findByText('Inès Benali est hors de Parvis.')).toBeInTheDocument()
  expect(await slab('Suspension').findByRole('button', { name: 'Rétablir' })).toBeInTheDocument()
})

test('a role is given after asking, and the last administrator stays', async () => {
  server.give({ 'PUT /api/v1/people/*/roles/moderator': ines })
  await show({ roles: ['administrator'] })
  await userEvent.click(screen.getByRole('button', { name: 'Donner le rôle Modération' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/Traite les signalements/)).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'Donner' }))
  expect(await screen.findByText('Le rôle « Modération » est donné.')).toBeInTheDocument()

  server.give({
    'DELETE /api/v1/people/*/roles/administrator': problem(
      409,
      'last_administrator',
      'Il faut garder un administrateur.',
    ),
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Retirer le rôle Administration' }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Retirer' }))
  expect(await screen.findByText('Il faut garder un administrateur.')).toBeInTheDocument()
})

test('who manages people reads the roles but cannot change them, nor suspend those above', async () => {
  await show({ abilities: [] })
  expect(screen.queryByRole('button', { name: /rôle/ })).not.toBeInTheDocument()
  expect(screen.getByText('Seule l’administration donne et retire les rôles.')).toBeInTheDocument()
  expect(screen.getByText('Seule l’administration peut modifier ou suspendre ce compte.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Enregistrer' })).not.toBeInTheDocument()
})

test('nobody suspends oneself', async () => {
  server.give({ 'GET /api/v1/session': makeSession({ member: makeMember({ id: ines.id }) }) })
  await show({ abilities: ['change', 'grant_roles'] })
  expect(screen.getByText(/C’est votre compte/)).toBeInTheDocument()
})

test('a name typed while somebody else saved is kept, and can be saved over it', async () => {
  await show()
  const name = slab('Identité').getByRole('textbox', { name: 'Nom' })
  await userEvent.clear(name)
  await userEvent.type(name, 'Inès Benali-Roy')
  server.give({
    'PATCH /api/v1/people/*': problem(412, 'precondition_failed', 'Cela a changé.'),
    'GET /api/v1/people/*': withVersion({ ...ines, name: 'Inès B.' }, '"2"'),
  })
  await userEvent.click(slab('Identité').getByRole('button', { name: 'Enregistrer' }))
  expect(await screen.findByText(/Quelqu’un d’autre a modifié ceci.*A changé : le nom\./)).toBeInTheDocument()
  expect(slab('Identité').getByRole('textbox', { name: 'Nom' })).toHaveValue('Inès Benali-Roy')
  server.give({ 'PATCH /api/v1/people/*': withVersion({ ...ines, name: 'Inès Benali-Roy' }, '"3"') })
  await userEvent.click(slab('Identité').getByRole('button', { name: 'Enregistrer quand même' }))
  await waitFor(() => expect(server.to('PATCH /api/v1/people/*')).toHaveLength(2))
  expect(server.to('PATCH /api/v1/people/*')[1]?.headers.get('if-match')).toBe('"2"')
  expect(server.to('PATCH /api/v1/people/*')[1]?.body).toEqual({ name: 'Inès Benali-Roy' })
})

test('an affiliation is added, and one entered in error goes after asking', async () => {
  server.give({
    ...structure,
    'POST /api/v1/people/*/affiliations': ines,
    'DELETE /api/v1/people/*/affiliations/*': { ...ines, affiliations: [] },
  })
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter une affiliation' }))
  const kind = screen.getByRole('combobox', { name: 'Affiliation' })
  expect(kind).toHaveFocus()
  await userEvent.selectOptions(kind, 'alum')
  await choose(screen.getByRole('combobox', { name: /Composante/ }), 'Faculté des lettres')
  await choose(await screen.findByRole('combobox', { name: /Formation/ }), 'Master 2009')
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: /Promotion/ }), '2009')
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter' }))
  expect(await screen.findByText('Affiliation ajoutée.')).toBeInTheDocument()
  const added = server.to('POST /api/v1/people/*/affiliations')[0]
  expect(added?.body).toEqual({ kind: 'alum', unit_id: 'u1', programme_id: 'p1', cohort_id: 'c1' })
  expect(added?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)

  await userEvent.click(screen.getByRole('button', { name: /^Retirer l’affiliation Études/ }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Retirer' }))
  expect(await screen.findByText('Affiliation retirée.')).toBeInTheDocument()
})

test('what somebody was on another day is told, day by day', async () => {
  const [held] = ines.affiliations
  await show()
  server.give({
    'GET /api/v1/people/*': ({ search }) =>
      withVersion(
        { ...ines, affiliations: [{ ...held, kind: 'staff', current: search.get('on') === '2019-03-01' }] },
        '"1"',
      ),
  })
  const asOf = slab('À une autre date')
  fireEvent.change(asOf.getByLabelText('Jour'), { target: { value: '2019-03-01' } })
  expect(await asOf.findByText(/^Au 1er mars 2019, cette personne était/)).toBeInTheDocument()
  expect(asOf.getByRole('listitem')).toHaveTextContent(/^Personnel/)
  fireEvent.change(asOf.getByLabelText('Jour'), { target: { value: '2009-03-01' } })
  expect(await asOf.findByText('Aucune affiliation au 1er mars 2009.')).toBeInTheDocument()
  expect(asOf.queryByRole('listitem')).not.toBeInTheDocument()
})
