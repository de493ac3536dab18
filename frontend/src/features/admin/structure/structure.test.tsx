import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeSession } from '@/testing/make'
import { withVersion } from '@/testing/makeAdmin'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { UnitTree } from './UnitTree'
import { UnitView } from './UnitView'

const unit = (id: string, name: string, more: object = {}) => ({
  id,
  code: null,
  name,
  kind: 'component',
  parent_id: null,
  inside: 0,
  ...more,
})
const law = { ...unit('law', 'Faculté de droit'), path: [], abilities: ['change', 'delete'] }
const page = (...items: object[]) => ({ items, next: null })

const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/units': ({ search }) =>
    search.get('parent_id') === 'law' || search.get('outermost') === null
      ? page(unit('public', 'Droit public', { kind: 'department', parent_id: 'law' }))
      : page(unit('law', 'Faculté de droit', { inside: 1 }), unit('sport', 'Sports', { kind: 'service' })),
  'GET /api/v1/programmes': page({ id: 'm2', code: null, name: 'M2 Droit de l’eau', unit_id: 'law' }),
  'GET /api/v1/units/*': withVersion(law, '"3"'),
})
const show = () =>
  renderWithProviders(
    <UnitView id="law" unitAddress={(id) => `/u/${id}`} programmeAddress={(id) => `/p/${id}`} onGone={onGone} />,
  )
const onGone = vi.fn()

test('a branch opens on what it contains, and says whether it is open', async () => {
  await renderWithProviders(<UnitTree addressOf={(id) => `/u/${id}`} />)
  const opener = await screen.findByRole('button', { name: 'Ouvrir Faculté de droit' })
  expect(opener).toHaveAttribute('aria-expanded', 'false')
  expect(screen.queryByRole('button', { name: 'Ouvrir Sports' })).not.toBeInTheDocument()
  await userEvent.click(opener)
  expect(await screen.findByRole('link', { name: 'Droit public' })).toHaveAttribute('href', '/u/public')
  expect(opener).toHaveAttribute('aria-expanded', 'true')
})

test('a unit is added in the one that is shown, once', async () => {
  server.give({ 'POST /api/v1/units': { ...law, id: 'new', name: 'Droit privé' } })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Ajouter une composante' }))
  const within_ = within(screen.getByRole('region', { name: 'Ce qu’elle contient' }))
  const name = within_.getByRole('textbox', { name: 'Nom' })
  expect(name).toHaveFocus()
  await userEvent.type(name, 'Droit privé')
  await userEvent.click(within_.getByRole('button', { name: 'Ajouter' }))
  expect(await screen.findByText('Droit privé est ajoutée.')).toBeInTheDocument()
  const [call] = server.to('POST /api/v1/units')
  expect(call?.body).toEqual({ name: 'Droit privé', kind: 'department', code: null, parent_id: 'law' })
  expect(call?.headers.get('idempotency-key')).toBeTruthy()
})

test('what somebody else changed first is said, and nothing typed is lost', async () => {
  server.give({ 'PATCH /api/v1/units/*': problem(412, 'precondition_failed', 'Modifié') })
  await show()
  const settings = within(await screen.findByRole('region', { name: 'Réglages' }))
  const name = settings.getByRole('textbox', { name: 'Nom' })
  await userEvent.clear(name)
  await userEvent.type(name, 'Droit')
  server.give({ 'GET /api/v1/units/*': withVersion({ ...law, kind: 'department' }, '"4"') })
  await userEvent.click(settings.getByRole('button', { name: 'Enregistrer' }))
  expect(await settings.findByText(/A changé : la nature\./)).toBeInTheDocument()
  expect(name).toHaveValue('Droit')
  expect(server.to('PATCH /api/v1/units/*')[0]?.headers.get('if-match')).toBe('"3"')
})

test('what is still referred to is kept, and says why; the rest is deleted after asking', async () => {
  server.give({ 'DELETE /api/v1/units/*': undefined })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Supprimer' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Supprimer Faculté de droit' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Supprimer' }))
  await waitFor(() => expect(onGone).toHaveBeenCalledOnce())
})

test('a unit that people belong to offers no deletion', async () => {
  server.give({ 'GET /api/v1/units/*': withVersion({ ...law, abilities: ['change'] }, '"3"') })
  await show()
  expect(await screen.findByText(/on ne peut pas la supprimer/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Supprimer' })).not.toBeInTheDocument()
})
