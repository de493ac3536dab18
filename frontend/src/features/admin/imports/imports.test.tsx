import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { makeFinding, makeImport } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
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
