import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeOrganisation, makeSession } from '@/testing/make'
import { withVersion } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { domainsOf, linesOf, twice } from './domains'
import { OrganisationSettings } from './OrganisationSettings'

const valorne = makeOrganisation({ domains: { 'valorne.example': 'staff' }, abilities: ['change'] })
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation': withVersion(valorne, '"4"'),
})
const show = async () => {
  await renderWithProviders(<OrganisationSettings />)
  return screen.findByRole('textbox', { name: 'Nom' })
}
const save = (name = 'Enregistrer') => userEvent.click(screen.getByRole('button', { name }))

test('lines of domains become what the server keeps: without the empty ones, in small letters', () => {
  const lines = linesOf({ 'a.example': 'student' })
  const more = [
    ...lines,
    { key: 1, domain: ' B.Example ', kind: 'staff' as const },
    { key: 2, domain: ' ', kind: 'alum' as const },
  ]
  expect(domainsOf(more)).toEqual({ 'a.example': 'student', 'b.example': 'staff' })
  expect(twice(more)).toBeUndefined()
  expect(twice([...more, { key: 3, domain: 'A.EXAMPLE', kind: 'alum' }])).toBe('a.example')
})

test('only what was changed is sent, with the version that was read', async () => {
  server.give({ 'PATCH /api/v1/organisation': valorne })
  const name = await show()
  await userEvent.type(name, '-Sud')
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter un domaine' }))
  const domain = screen.getByRole('textbox', { name: 'Domaine 2' })
  await waitFor(() => expect(domain).toHaveFocus())
  await userEvent.type(domain, 'etu.valorne.example')
  await save()
  await screen.findByText('Enregistré.')
  const [sent] = server.to('PATCH /api/v1/organisation')
  expect(sent?.headers.get('if-match')).toBe('"4"')
  expect(sent?.body).toEqual({
    name: 'Université de Valorne-Sud',
    domains: { 'valorne.example': 'staff', 'etu.valorne.example': 'student' },
  })
})

test('what was typed while somebody else saved is kept, what changed is named, and theirs can be taken', async () => {
  const name = await show()
  await userEvent.type(name, '-Sud')
  server.give({
    'PATCH /api/v1/organisation': problem(412, 'precondition_failed', 'Cela a changé.'),
    'GET /api/v1/organisation': withVersion({ ...valorne, short_name: 'UV', registration: 'invitation' }, '"5"'),
  })
  await save()
  expect(await screen.findByText(/A changé : le nom court, l’inscription\./)).toBeInTheDocument()
  expect(name).toHaveValue('Université de Valorne-Sud')
  expect(screen.getByRole('textbox', { name: 'Nom court' })).toHaveValue('UV')
  await save('Reprendre ce qui est enregistré')
  expect(name).toHaveValue('Université de Valorne')
  expect(screen.queryByText(/A changé/)).not.toBeInTheDocument()
})

test('a domain written twice is said before anything is sent, and can be taken back', async () => {
  await show()
  await userEvent.click(screen.getByRole('button', { name: 'Ajouter un domaine' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Domaine 2' }), 'valorne.example')
  expect(screen.getByText('Ce domaine est écrit deux fois : valorne.example.')).toBeInTheDocument()
  await save()
  expect(server.to('PATCH /api/v1/organisation')).toHaveLength(0)
  await userEvent.click(screen.getByRole('button', { name: 'Retirer le domaine 2' }))
  expect(screen.queryByRole('textbox', { name: 'Domaine 2' })).not.toBeInTheDocument()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Ajouter un domaine' })).toHaveFocus())
})

test('at least one language: the server’s refusal stands by the languages', async () => {
  server.give({
    'PATCH /api/v1/organisation': problem(422, 'invalid', 'À corriger', {
      fields: [{ path: 'languages', code: 'too_short', message: 'Choisissez une langue.' }],
    }),
  })
  await show()
  await userEvent.click(screen.getByRole('checkbox', { name: 'English' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Français' }))
  await save()
  expect(await screen.findByText('Choisissez une langue.')).toBeInTheDocument()
  expect(server.to('PATCH /api/v1/organisation')[0]?.body).toEqual({ languages: [] })
})
