import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { formatSize } from '@/lib/size'
import { makeSession } from '@/testing/make'
import { pageOf } from '@/testing/makeAccount'
import { makeCopy, makeOutlook } from '@/testing/makeData'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { Copies } from './Copies'
import { Deletion } from './Deletion'

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/me/exports': pageOf(),
  'GET /api/v1/me/deletion': makeOutlook(),
})

test('a copy is asked for once, and cannot be asked for again while it is made', async () => {
  server.give({
    'POST /api/v1/me/exports': () => {
      server.give({ 'GET /api/v1/me/exports': pageOf(makeCopy({ state: 'preparing' })) })
      return Response.json(makeCopy({ state: 'preparing' }), { status: 202 })
    },
  })
  await renderWithProviders(<Copies />)
  await userEvent.click(await screen.findByRole('button', { name: 'Demander une copie' }))
  expect(await screen.findByText('En préparation')).toBeInTheDocument()
  expect(screen.getByText('Un message vous préviendra.')).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Demander une copie' })).not.toBeInTheDocument()
  const [sent] = server.to('POST /api/v1/me/exports')
  expect(sent?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a copy that is ready says its size and its last day, and is deleted after asking', async () => {
  server.give({
    'GET /api/v1/me/exports': pageOf(makeCopy({ size: 3_400_000 })),
    'DELETE /api/v1/me/exports/*': () => {
      server.give({ 'GET /api/v1/me/exports': pageOf() })
      return undefined
    },
  })
  await renderWithProviders(<Copies />)
  expect(await screen.findByText(/3,4\sMo, gardée jusqu’au 8\s?mars 2025\./)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /Supprimer la copie/ }))
  const dialog = await screen.findByRole('dialog', { name: 'Supprimer cette copie' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Supprimer' }))
  expect(await screen.findByText('Copie supprimée.')).toBeInTheDocument()
})

test('what goes and what stays is said, without what there is nothing of', async () => {
  await renderWithProviders(<Deletion onDeleted={() => {}} />)
  expect(await screen.findByText(/Il est effacé 14 jours plus tard/)).toBeInTheDocument()
  expect(screen.getByText('Vos fichiers')).toHaveTextContent('2 éléments')
  expect(screen.queryByText('Vos contacts')).not.toBeInTheDocument()
  expect(screen.getByText(/Sous un numéro de compte\./)).toHaveTextContent('Le journal prouve.')
})

test('the name is typed before anything is deleted', async () => {
  server.give({
    'POST /api/v1/me/deletion': problem(422, 'invalid', 'Refusé', {
      fields: [{ path: 'confirmation', code: 'not_your_name', message: 'Ce n’est pas votre nom.' }],
    }),
  })
  const deleted = vi.fn()
  await renderWithProviders(<Deletion onDeleted={deleted} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Supprimer mon compte' }))
  const field = screen.getByLabelText(/Votre nom, pour confirmer/)
  expect(field).toHaveFocus()
  await userEvent.type(field, 'Inès{Enter}')
  expect(await screen.findByText('Ce n’est pas votre nom.')).toBeInTheDocument()
  expect(deleted).not.toHaveBeenCalled()
  server.give({ 'POST /api/v1/me/deletion': Response.json({ leaves_at: '2025-03-15T08:00:00Z' }, { status: 202 }) })
  await userEvent.clear(field)
  await userEvent.type(field, 'Inès Benali{Enter}')
  await waitFor(() => expect(deleted).toHaveBeenCalledWith('2025-03-15T08:00:00Z'))
})

test('the last administrator is told why it cannot be', async () => {
  server.give({ 'GET /api/v1/me/deletion': makeOutlook({ abilities: [] }) })
  await renderWithProviders(<Deletion onDeleted={() => {}} />)
  expect(await screen.findByText(/Vous êtes la seule personne à administrer/)).toBeInTheDocument()
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('sizes are said as people do', () => {
  expect(formatSize(0, 'en')).toBe('0 bytes')
  expect(formatSize(1_500, 'en')).toBe('1.5 kB')
  expect(formatSize(3_400_000, 'fr')).toMatch(/^3,4\sMo$/)
})
