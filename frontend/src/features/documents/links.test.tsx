import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeMember, makeOrganisation, makeSession } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeDocument, makeFolderCard } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { type Call, problem, serve } from '@/testing/server'
import { LinksDialog } from './components/LinksDialog'
import { documentAsThing, folderAsThing } from './mutations'
import type { Thing } from './types'

const plan = makeDocument({ abilities: ['share'] })
const link = {
  id: 'l1',
  created_by: makePersonRef({ name: 'Nadia Cherkaoui', public: 'staff' }),
  created_at: '2026-11-20T08:00:00.000Z',
  expires_at: '2999-12-20T08:00:00.000Z',
  uses: 3,
  max_uses: 10,
  asks_password: true,
  allows_download: false,
}
const token = 'k'.repeat(43)
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/organisation': makeOrganisation({ share_links: true }),
  'GET /api/v1/documents/*/links': { items: [link], next: null },
  'GET /api/v1/folders/*/links': { items: [], next: null },
  'POST /api/v1/documents/*/links': { ...link, link: `/shared#${token}` },
  'DELETE /api/v1/documents/*/links/*': undefined,
})

async function show(thing: Thing) {
  const rendered = await renderWithProviders(null)
  rendered.queryClient.setQueryData(sessionQuery.queryKey, makeSession({ member: makeMember() }))
  rendered.rerender(<LinksDialog open onClose={() => {}} thing={thing} />)
  return within(await screen.findByRole('dialog', { name: /par un lien$/ }))
}

test('a link is made for thirty days, and shown this once', async () => {
  const dialog = await show(documentAsThing(plan))
  await userEvent.type(await dialog.findByLabelText(/^Mot de passe/), 'trois points deux saisons')
  await userEvent.type(dialog.getByLabelText(/^Nombre d’ouvertures/), '5')
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Permettre de télécharger' }))
  await userEvent.click(dialog.getByRole('button', { name: 'Créer le lien' }))
  expect(await dialog.findByLabelText('Lien')).toHaveValue(`${location.origin}/shared#${token}`)
  expect(dialog.getByText(/il n’est montré que cette fois/)).toBeInTheDocument()
  expect(dialog.getByRole('button', { name: 'Copier le lien' })).toBeInTheDocument()
  const [sent] = server.to(`POST /api/v1/documents/${plan.id}/links`)
  expect(sent?.headers.get('idempotency-key')).toBeTruthy()
  expect(sent?.body).toMatchObject({ password: 'trois points deux saisons', max_uses: 5, allows_download: true })
  const { expires_at } = (sent as Call).body as { expires_at: string }
  const days = (new Date(expires_at).getTime() - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29)
  expect(days).toBeLessThan(31.1)
  await userEvent.click(dialog.getByRole('button', { name: 'Créer un autre lien' }))
  expect(dialog.queryByLabelText('Lien')).not.toBeInTheDocument()
})

test('what the server refuses stands at its field', async () => {
  const dialog = await show(documentAsThing(plan))
  server.give({
    'POST /api/v1/documents/*/links': problem(422, 'invalid', 'À corriger', {
      fields: [{ path: 'password', code: 'too_short', message: 'Douze caractères au moins.' }],
    }),
  })
  await userEvent.type(await dialog.findByLabelText(/^Mot de passe/), 'court')
  await userEvent.click(dialog.getByRole('button', { name: 'Créer le lien' }))
  expect(await dialog.findByText('Douze caractères au moins.')).toBeInTheDocument()
  expect(dialog.getByLabelText(/^Mot de passe/)).toHaveFocus()
})

test('who made a link, until when and how it opens is told; it is deleted once one is sure', async () => {
  const dialog = await show(documentAsThing(plan))
  expect(await dialog.findByText(/Nadia Cherkaoui, jusqu’au 20 décembre 2999/)).toBeInTheDocument()
  expect(dialog.getByText('ouvert 3 fois sur 10, mot de passe demandé, sans téléchargement')).toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: /^Supprimer le lien de Nadia Cherkaoui/ }))
  const sure = within(await screen.findByRole('dialog', { name: /^Supprimer ce lien/ }))
  expect(server.to('DELETE /api/v1/documents/*/links/*')).toHaveLength(0)
  server.give({ 'GET /api/v1/documents/*/links': { items: [], next: null } })
  await userEvent.click(sure.getByRole('button', { name: 'Supprimer' }))
  expect(await dialog.findByText('Aucun lien pour l’instant.')).toBeInTheDocument()
  expect(server.to(`DELETE /api/v1/documents/${plan.id}/links/l1`)).toHaveLength(1)
})

test('where links are not allowed, it says who can allow them, and makes none', async () => {
  server.give({ 'GET /api/v1/organisation': makeOrganisation({ share_links: false }) })
  const dialog = await show(folderAsThing(makeFolderCard({ abilities: ['share'] })))
  expect(await dialog.findByText(/Les administrateurs de l’université peuvent les permettre/)).toBeInTheDocument()
  await waitFor(() => expect(server.to('GET /api/v1/folders/*/links')).toHaveLength(1))
  expect(dialog.queryByRole('button', { name: 'Créer le lien' })).not.toBeInTheDocument()
})
