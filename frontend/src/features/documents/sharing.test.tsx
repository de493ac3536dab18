import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { sessionQuery } from '@/entities/session/queries'
import { makeMember, makeSession } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeDocument, makeSpace } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { RightsDialog } from './components/RightsDialog'
import { TrashView } from './components/TrashView'
import { documentAsThing } from './mutations'

const nadia = makePersonRef({ name: 'Nadia Cherkaoui', public: 'staff' })
const plan = makeDocument({ abilities: ['share'] })
const nobody = { member_id: null, member: null, community_id: null, community: null, audience_id: null, audience: null }
const grant = { ...nobody, people: null, source: null, granted_at: '2026-11-20T08:00:00.000Z' }
const community = { id: 'c1', name: 'Géographie et aménagement' }
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/directory': { items: [{ ...nadia, affiliations: [], skills: [] }], next: null },
  'GET /api/v1/documents/*/rights': {
    inherits: true,
    grants: [],
    inherited: [
      {
        ...grant,
        level: 'write',
        community_id: 'c1',
        community,
        people: 64,
        source: { id: 's1', name: community.name },
      },
    ],
    version: 4,
  },
  'PUT /api/v1/documents/*/rights': {},
  'GET /api/v1/documents/spaces': { items: [makeSpace()], next: null },
  'GET /api/v1/documents/trash': {
    items: [
      {
        kind: 'document',
        id: plan.id,
        name: plan.name,
        group: 'pdf',
        size: 12,
        trashed_at: '2026-11-24T08:00:00.000Z',
        trashed_by: nadia,
        expires_at: '2026-12-24T08:00:00.000Z',
        folder: null,
        version: 1,
        abilities: ['recover', 'delete'],
      },
    ],
    next: null,
  },
  'POST /api/v1/documents/*/recovery': plan,
  'DELETE /api/v1/documents/trash/documents/*': undefined,
})

async function show(what: ReactNode) {
  const rendered = await renderWithProviders(null)
  rendered.queryClient.setQueryData(sessionQuery.queryKey, makeSession({ member: makeMember() }))
  rendered.rerender(what)
}

test('rights from above are named, may be cut off, and somebody is given some', async () => {
  const onClose = vi.fn()
  await show(<RightsDialog open onClose={onClose} thing={documentAsThing(plan)} />)
  const dialog = within(await screen.findByRole('dialog', { name: /^Partager/ }))
  expect(await dialog.findByText('Vient de Géographie et aménagement')).toBeInTheDocument()
  await userEvent.type(dialog.getByRole('combobox', { name: /Ajouter une personne/ }), 'nad')
  await userEvent.click(await dialog.findByRole('option', { name: /Nadia Cherkaoui/ }))
  await userEvent.selectOptions(dialog.getByRole('combobox', { name: 'Droit de Nadia Cherkaoui' }), 'Écriture')
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Garder les droits du dossier parent' }))
  expect(dialog.queryByText('Vient de Géographie et aménagement')).not.toBeInTheDocument()
  await userEvent.click(dialog.getByRole('button', { name: 'Enregistrer' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  const [sent] = server.to('PUT /api/v1/documents/*/rights')
  expect(sent?.headers.get('if-match')).toBe('"4"')
  expect(sent?.body).toEqual({ inherits: false, grants: [{ level: 'write', member_id: nadia.id }] })
})

test('what was thrown away is taken back, or deleted for good once one is sure', async () => {
  const to = {
    home: '/documents',
    shared: '/s',
    trash: '/t',
    folder: String,
    document: String,
    community: String,
    person: String,
  }
  await show(<TrashView to={to} />)
  await userEvent.click(await screen.findByRole('button', { name: `Reprendre ${plan.name}` }))
  await waitFor(() => expect(server.to(`POST /api/v1/documents/${plan.id}/recovery`)).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: `Effacer ${plan.name} pour toujours` }))
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Effacer' }))
  await waitFor(() => expect(server.to(`DELETE /api/v1/documents/trash/documents/${plan.id}`)).toHaveLength(1))
})
