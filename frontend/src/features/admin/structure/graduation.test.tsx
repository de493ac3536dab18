import { fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { withVersion } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { CohortView } from './CohortView'

const cohort = {
  id: 'c1',
  programme: { id: 'p1', name: 'M2 Droit de l’eau' },
  year: 2027,
  students: 42,
  graduates_on: null,
  abilities: ['change'],
}
const preview = {
  cohort: { id: 'c1', year: 2027 },
  programme: cohort.programme,
  on: '2027-07-01',
  students: 42,
  ready: 30,
  lacking: 12,
  unreachable: 1,
  graduation: null as object | null,
  abilities: ['graduate', 'remind'],
}
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/cohorts/*': withVersion(cohort, '"1"'),
  'GET /api/v1/cohorts/*/graduation': ({ search }) => ({ ...preview, on: search.get('on') ?? '2026-11-25' }),
  'GET /api/v1/cohorts/*/graduation/lacking': {
    items: [
      {
        id: 'm1',
        name: 'Léo Sansadresse',
        state: 'pending',
        email: 'leo@u.example',
        reachable: true,
        reminded_at: null,
      },
      { id: 'm2', name: 'Ève Suspendue', state: 'suspended', email: null, reachable: false, reminded_at: null },
    ],
    next: null,
  },
})
const show = () =>
  renderWithProviders(
    <CohortView id="c1" programmeAddress={(id) => `/p/${id}`} personAddress={(id) => `/m/${id}`} onGone={() => {}} />,
  )

test('who would graduate and who would lose the way in is said before anything is done', async () => {
  await show()
  expect(await screen.findByText('42 personnes seront diplômées')).toBeInTheDocument()
  expect(screen.getByText('30 gardent un accès')).toBeInTheDocument()
  expect(screen.getByText('12 n’en ont pas encore')).toBeInTheDocument()
  expect(await screen.findByRole('link', { name: 'Léo Sansadresse' })).toHaveAttribute('href', '/m/m1')
  expect(screen.getByText(/^1 ne peut être jointe par courriel/)).toBeInTheDocument()
  expect(screen.getByRole('row', { name: /Ève Suspendue/ })).toHaveTextContent('Ne peut être jointe')
  expect(screen.getByRole('row', { name: /Léo Sansadresse/ })).toHaveTextContent('Jamais')
  fireEvent.change(screen.getByLabelText('Premier jour d’alumni'), { target: { value: '2027-09-01' } })
  await vi.waitFor(() =>
    expect(server.to('GET /api/v1/cohorts/*/graduation').at(-1)?.search.get('on')).toBe('2027-09-01'),
  )
})

test('those who lack one are written to', async () => {
  server.give({ 'POST /api/v1/cohorts/*/graduation/reminders': { people: 12 } })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Leur écrire' }))
  expect(await screen.findByText('Un courriel part à 12 personnes.')).toBeInTheDocument()
  expect(server.to('POST /api/v1/cohorts/*/graduation/reminders')[0]?.body).toEqual({ on: '2027-07-01' })
})

test('it is done after asking, says so, and can be undone until its day', async () => {
  const done = {
    ...preview,
    graduation: { on: '2027-07-01', state: 'planned', students: 42, graduated: 42 },
    abilities: ['remind', 'cancel'],
  }
  server.give({
    'POST /api/v1/cohorts/*/graduation': () => {
      server.give({ 'GET /api/v1/cohorts/*/graduation': done })
      return done
    },
    'DELETE /api/v1/cohorts/*/graduation': () => {
      server.give({ 'GET /api/v1/cohorts/*/graduation': preview })
      return undefined
    },
  })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Diplômer la promotion' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Diplômer la promotion' }))
  expect(dialog.getByText(/Au 1er juillet 2027, 42 personnes passeront parmi les alumni/)).toBeInTheDocument()
  expect(dialog.getByText(/12 n’auront alors plus d’accès/)).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'Diplômer la promotion' }))
  expect(await screen.findByText(/La promotion est diplômée au 1er juillet 2027.*42 personnes/)).toBeInTheDocument()
  await userEvent.click(await screen.findByRole('button', { name: 'Annuler la diplomation' }))
  await userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'Annuler la diplomation' }),
  )
  expect(await screen.findByText('La diplomation est annulée.')).toBeInTheDocument()
})
