import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeFinding, makeImport } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { network } from '@/testing/uploads'
import { BeginImport } from './BeginImport'
import { ImportView } from './ImportView'

const ID = '018f0000-0000-7000-8000-0000000000aa'
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/people/imports/*/findings': { items: [], next: null },
})

test('without a file nothing is sent', async () => {
  await renderWithProviders(<BeginImport onBegun={() => {}} />)
  await userEvent.click(screen.getByRole('button', { name: 'Comparer' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Choisissez un fichier.')
  expect(server.to('POST /api/v1/people/imports')).toHaveLength(0)
})

const csv = new File(['eduPersonPrincipalName'], 'personnes.csv', { type: 'text/csv' })

async function chooseFile() {
  const field = screen.getByRole('group', { name: 'Fichier des personnes' })
  await userEvent.upload(within(field).getByLabelText('Fichier des personnes', { selector: 'input' }), csv)
}

test('a partial file closes nothing, and goes as the server has it', async () => {
  network(Response.json({ id: ID }, { status: 201 }))
  server.give({ 'POST /api/v1/people/imports': makeImport({ id: ID }) })
  await renderWithProviders(<BeginImport onBegun={() => {}} />)
  await chooseFile()
  expect(screen.queryByRole('group', { name: 'De quoi ce fichier est la liste complète' })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Comparer' }))
  await vi.waitFor(() => expect(server.to('POST /api/v1/people/imports')).toHaveLength(1))
  expect(server.to('POST /api/v1/people/imports')[0]?.body).toMatchObject({
    complete: false,
    kinds: ['student', 'faculty', 'staff', 'employee'],
    most_closed_percent: 20,
  })
})

test('of a complete file one says what it is the list of, and how much may close', async () => {
  network(Response.json({ id: ID }, { status: 201 }))
  server.give({ 'POST /api/v1/people/imports': makeImport({ id: ID }) })
  await renderWithProviders(<BeginImport onBegun={() => {}} />)
  await chooseFile()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ce fichier est complet' }))
  const kinds = screen.getByRole('group', { name: 'De quoi ce fichier est la liste complète' })
  const ticked = within(kinds)
    .getAllByRole('checkbox', { checked: true })
    .map((box) => box.closest('label')?.textContent)
  expect(ticked).toEqual([
    'Études',
    'Enseignement et recherche',
    'Personnel administratif et technique',
    'Autre personnel',
  ])
  for (const name of ['Enseignement et recherche', 'Autre personnel', 'Entreprise partenaire']) {
    await userEvent.click(within(kinds).getByRole('checkbox', { name }))
  }
  const most = screen.getByRole('spinbutton', { name: 'Part de fermetures attendue, au plus' })
  await userEvent.clear(most)
  await userEvent.type(most, '35')
  await userEvent.click(screen.getByRole('button', { name: 'Comparer' }))
  await vi.waitFor(() => expect(server.to('POST /api/v1/people/imports')).toHaveLength(1))
  expect(server.to('POST /api/v1/people/imports')[0]?.body).toMatchObject({
    complete: true,
    kinds: ['student', 'staff', 'affiliate'],
    most_closed_percent: 35,
  })
})

test.each(['', '101', '-1'])('a share of « %s » is not sent', async (typed) => {
  await renderWithProviders(<BeginImport onBegun={() => {}} />)
  await chooseFile()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ce fichier est complet' }))
  const most = screen.getByRole('spinbutton', { name: 'Part de fermetures attendue, au plus' })
  await userEvent.clear(most)
  if (typed) await userEvent.type(most, typed)
  await userEvent.click(screen.getByRole('button', { name: 'Comparer' }))
  expect(most).toHaveAccessibleDescription(/Écrivez un nombre entier, de 0 à 100\./)
  expect(server.to('POST /api/v1/people/imports')).toHaveLength(0)
})

test('a complete file of nothing is not sent, and closing alumni is warned of', async () => {
  await renderWithProviders(<BeginImport onBegun={() => {}} />)
  await chooseFile()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ce fichier est complet' }))
  const kinds = screen.getByRole('group', { name: 'De quoi ce fichier est la liste complète' })
  for (const box of within(kinds).getAllByRole('checkbox', { checked: true })) await userEvent.click(box)
  await userEvent.click(screen.getByRole('button', { name: 'Comparer' }))
  expect(kinds).toHaveAccessibleDescription(/Cochez au moins une sorte d’affiliation\./)
  await userEvent.click(within(kinds).getByRole('checkbox', { name: 'Alumni' }))
  expect(within(kinds).getByText(/Tous les alumni absents/)).toBeInTheDocument()
  expect(server.to('POST /api/v1/people/imports')).toHaveLength(0)
})

test('the report says what the file was the list of', async () => {
  const kinds = ['student', 'staff'] as const
  server.give({
    'GET /api/v1/people/imports/*': makeImport({ id: ID, kinds: [...kinds], most_closed_percent: 35 }),
  })
  await renderWithProviders(<ImportView id={ID} />)
  expect(
    await screen.findByText(
      'Fichier complet pour : Études, Personnel administratif et technique. Au-delà de 35 % de fermetures, confirmation demandée.',
    ),
  ).toBeInTheDocument()
})

test('what was refused is shown first, with its line and reason', async () => {
  server.give({
    'GET /api/v1/people/imports/*': makeImport({ id: ID, state: 'ready', abilities: ['apply', 'cancel'] }),
    'GET /api/v1/people/imports/*/findings': { items: [makeFinding()], next: null },
  })
  await renderWithProviders(<ImportView id={ID} />)
  const table = await screen.findByRole('table', { name: 'Refus' })
  expect(within(table).getByText('Ligne 3')).toBeInTheDocument()
  expect(within(table).getByText('Ce n’est pas une affiliation eduPerson.')).toBeInTheDocument()
  expect(within(table).getByText('Colonne eduPersonAffiliation : « élève »')).toBeInTheDocument()
})

test('applying says in numbers what it does, and agrees to what was ticked', async () => {
  server.give({
    'GET /api/v1/people/imports/*': makeImport({
      id: ID,
      state: 'ready',
      stopped: true,
      abilities: ['apply', 'cancel'],
    }),
    'PUT /api/v1/people/imports/*/application': makeImport({ id: ID, state: 'applying' }),
  })
  await renderWithProviders(<ImportView id={ID} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Appliquer' }))
  const dialog = await screen.findByRole('dialog', { name: /Appliquer cet import/ })
  expect(within(dialog).getByText('12 personnes seront ajoutées.')).toBeInTheDocument()
  expect(within(dialog).getByText('1 ligne restera de côté.')).toBeInTheDocument()
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Fermer ces affiliations quand même' }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Appliquer' }))
  await screen.findByText('12 ajouts, 2 modifications, 4 fermetures, 1 refus')
  expect(server.to('PUT /api/v1/people/imports/*/application')[0]?.body).toEqual({
    send_activations: false,
    close_anyway: true,
  })
})

test('a file that cannot be read says why', async () => {
  server.give({
    'GET /api/v1/people/imports/*': makeImport({
      id: ID,
      state: 'failed',
      failure: 'Il manque des colonnes à l’en-tête.',
      failure_columns: ['displayName'],
    }),
  })
  await renderWithProviders(<ImportView id={ID} />)
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Il manque des colonnes à l’en-tête. Colonnes : displayName.',
  )
  expect(screen.queryByRole('table')).not.toBeInTheDocument()
})
