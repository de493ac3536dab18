import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Toaster } from '@/components/toast/Toaster'
import { sessionQuery } from '@/entities/session/queries'
import { makeSession } from '@/testing/make'
import { makeDocument, makeFolder, makeFolderCard, makePreview, makeVersion } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { FolderView } from './components/FolderView'
import type { View } from './view'

const plan = makeDocument()
const notes = makeDocument({ name: 'Compte rendu.md', group: 'text', abilities: ['copy'], changed_by: null })
const everybody = { kind: 'organisation', community: null, audience: null, level: 'read', people: null }
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/folders/f1': makeFolder(),
  'GET /api/v1/folders/f1/folders': { items: [makeFolderCard({ public: 'restricted' })], next: null },
  'GET /api/v1/folders/f1/documents': { items: [plan, notes], next: null },
  [`GET /api/v1/documents/${plan.id}`]: plan,
  'GET /api/v1/files/*/preview': makePreview(),
  'GET /api/v1/folders/f1/readers': { people: 12, groups: [], items: [], next: null },
  'GET /api/v1/documents/*/readers': { people: null, groups: [everybody], items: [], next: null },
  'GET /api/v1/folders/f1/activity': {
    items: [
      {
        id: 'a1',
        what: 'added',
        at: '2026-11-24T08:00:00.000Z',
        by: plan.created_by,
        kind: 'document',
        thing_id: plan.id,
        name: 'Zonage.pdf',
        group: 'pdf',
        is_trashed: false,
        number: 1,
        folder: { id: 'f2', name: 'Cartes' },
      },
    ],
    next: null,
  },
  'PUT /api/v1/folders/f1/following': undefined,
  'GET /api/v1/documents/*/versions': {
    items: [makeVersion({ number: 2, current: true, abilities: ['change'] }), makeVersion()],
    next: null,
  },
  'DELETE /api/v1/documents/*': undefined,
  'POST /api/v1/documents/*/recovery': plan,
})
const to = {
  home: '/documents',
  shared: '/documents/shared',
  trash: '/documents/trash',
  community: (id: string) => `/communities/${id}`,
  person: (id: string) => `/people/${id}`,
  folder: (id: string) => `/documents/folders/${id}`,
  document: (id: string) => `/documents/${id}`,
}

/** A wide screen, where what is looked at stands beside the list. */
beforeEach(() => {
  const matches = (query: string) => query.includes('min-width')
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches: matches(media),
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
})

async function arrive(view: View = {}) {
  const onView = vi.fn()
  const onOpen = vi.fn()
  const shown = (now: View) => (
    <>
      <FolderView folderId="f1" view={now} onView={onView} to={to} onOpen={onOpen} />
      <Toaster />
    </>
  )
  const rendered = await renderWithProviders(null)
  rendered.queryClient.setQueryData(sessionQuery.queryKey, makeSession())
  rendered.rerender(shown(view))
  await screen.findByRole('grid')
  return { onView, onOpen, look: (now: View) => rendered.rerender(shown(now)) }
}

const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) })

test('a folder says where it is, what is in it, whose and how open', async () => {
  await arrive()
  const way = screen.getByRole('navigation', { name: 'Fil d’Ariane' })
  expect(within(way).getByRole('link', { name: 'Géographie et aménagement' })).toHaveAttribute('href', to.folder('s1'))
  expect(screen.getByRole('heading', { level: 1, name: 'Terrain Valorne 2027' })).toBeInTheDocument()
  const card = screen.getByRole('link', { name: 'Cartes et couches' }).closest('li') as HTMLElement
  expect(card).toHaveTextContent('Accès restreint, 23 éléments')
  expect(row('Plan de prévention')).toHaveTextContent('PDF, 6,2 Mo')
  expect(row('Plan de prévention')).toHaveTextContent('Thomas Nguyen')
  expect(screen.getByRole('columnheader', { name: 'Modifié' })).toHaveAttribute('aria-sort', 'descending')
  expect(await screen.findByText('12 personnes peuvent le voir')).toBeInTheDocument()
})

test('the keyboard goes through the list, chooses and opens, and what is thrown away comes back', async () => {
  const { onOpen } = await arrive()
  row('Plan de prévention').focus()
  await userEvent.keyboard('{ArrowDown}')
  await waitFor(() => expect(row('Compte rendu')).toHaveFocus())
  await userEvent.keyboard('{ArrowUp}')
  await waitFor(() => expect(row('Plan de prévention')).toHaveFocus())
  await userEvent.keyboard('{Enter}')
  expect(onOpen).toHaveBeenCalledWith(plan.id)
  await userEvent.keyboard(' ')
  expect(row('Plan de prévention')).toHaveAttribute('aria-selected', 'true')
  expect(screen.getByText('1 document sélectionné')).toBeInTheDocument()
  await userEvent.keyboard('{Delete}')
  await waitFor(() => expect(server.to('DELETE /api/v1/documents/*')).toHaveLength(1))
  expect(server.to('DELETE /api/v1/documents/*')[0]?.headers.get('if-match')).toBe('"3"')
  await userEvent.click(await screen.findByRole('button', { name: 'Annuler' }))
  await waitFor(() => expect(server.to('POST /api/v1/documents/*/recovery')).toHaveLength(1))
})

test('a new name shows at once, and the old one again when it is taken', async () => {
  let refuse: (answer: Response) => void = () => {}
  server.give({ 'PATCH /api/v1/documents/*': () => new Promise<Response>((resolve) => (refuse = resolve)) })
  await arrive()
  await userEvent.click(screen.getByRole('button', { name: 'Actions sur Plan de prévention.pdf' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Renommer' }))
  const field = await screen.findByRole('textbox', { name: 'Nom' })
  await userEvent.clear(field)
  await userEvent.type(field, 'Compte rendu.md{Enter}')
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Plan de prévention.pdf', hidden: true })).toBeNull())
  refuse(problem(409, 'name_taken', 'Ce nom est déjà pris dans ce dossier.'))
  expect(await screen.findByText('Ce nom est déjà pris dans ce dossier.')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: 'Plan de prévention.pdf', hidden: true })).toBeInTheDocument()
})

test('a document is looked at beside the list, with its versions and who sees it', async () => {
  const { onView, look } = await arrive()
  await userEvent.click(screen.getByText('PDF, 6,2 Mo'))
  expect(onView).toHaveBeenCalledWith({ doc: plan.id })
  look({ doc: plan.id })
  const beside = await screen.findByRole('complementary', { name: 'Aperçu' })
  expect(await within(beside).findByRole('link', { name: 'Ouvrir' })).toHaveAttribute('href', to.document(plan.id))
  expect(await within(beside).findByText('Version 2, actuelle')).toBeInTheDocument()
  expect(await within(beside).findByText('Toute l’université')).toBeInTheDocument()
  server.give({ 'PUT /api/v1/documents/*/versions/*/current': makeVersion({ number: 3 }) })
  await userEvent.click(within(beside).getByRole('button', { name: 'Voir la version 1' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Restaurer cette version' }))
  await waitFor(() =>
    expect(server.to(`PUT /api/v1/documents/${plan.id}/versions/1/current`)[0]?.headers.get('if-match')).toBe('"3"'),
  )
})

test('a page that is written together is opened from beside the list, and its bytes are not offered', async () => {
  server.give({ [`GET /api/v1/documents/${plan.id}`]: { ...plan, kind: 'page' } })
  const { look } = await arrive()
  look({ doc: plan.id })
  const beside = await screen.findByRole('complementary', { name: 'Aperçu' })
  expect(await within(beside).findByRole('link', { name: 'Ouvrir' })).toHaveAttribute('href', to.document(plan.id))
  expect(within(beside).queryByRole('link', { name: 'Télécharger' })).not.toBeInTheDocument()
  expect(within(beside).queryByRole('heading', { name: 'Versions' })).not.toBeInTheDocument()
})

test('what nobody has says what to do, and what is looked for in vain how to see all', async () => {
  server.give({ 'GET /api/v1/folders/f1/documents': { items: [], next: null } })
  const onView = vi.fn()
  const rendered = await renderWithProviders(null)
  rendered.queryClient.setQueryData(sessionQuery.queryKey, makeSession())
  rendered.rerender(<FolderView folderId="f1" view={{ q: 'zonage' }} onView={onView} to={to} onOpen={vi.fn()} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Tout afficher' }))
  expect(onView).toHaveBeenCalledWith({})
  expect(server.to('GET /api/v1/folders/f1/documents')[0]?.search.get('q')).toBe('zonage')
})

test('several are copied to a place that is chosen from where they are, or fetched as one zip', async () => {
  const fetched: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    fetched.push(this.getAttribute('href') ?? '')
  })
  server.give({ 'POST /api/v1/documents/*/copies': plan })
  await arrive()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sélectionner Plan de prévention.pdf' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sélectionner Compte rendu.md' }))
  await userEvent.click(screen.getByRole('button', { name: 'Télécharger' }))
  expect(fetched).toEqual([`/api/v1/folders/f1/archive?document=${plan.id}&document=${notes.id}`])
  server.give({ [`GET /api/v1/documents/${notes.id}`]: notes })
  await userEvent.click(screen.getByRole('button', { name: 'Actions sur Plan de prévention.pdf' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Copier' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Copier/ }))
  expect(await dialog.findByText('Terrain Valorne 2027')).toBeInTheDocument()
  await userEvent.click(await dialog.findByRole('button', { name: 'Copier ici' }))
  await waitFor(() =>
    expect(server.to(`POST /api/v1/documents/${plan.id}/copies`)[0]?.body).toEqual({ folder_id: 'f1' }),
  )
})

test('what was done in a folder is told, and one follows it', async () => {
  await arrive()
  const beside = within(screen.getByRole('complementary', { name: 'Aperçu' }))
  const line = (await beside.findByText(/a déposé/)).closest('li') as HTMLElement
  expect(line).toHaveTextContent('Thomas Nguyen a déposé Zonage.pdf')
  expect(within(line).getByRole('link', { name: 'Cartes' })).toHaveAttribute('href', to.folder('f2'))
  const bell = beside.getByRole('button', { name: 'Suivre ce dossier' })
  server.give({ 'GET /api/v1/folders/f1': makeFolder({ is_followed: true }) })
  await userEvent.click(bell)
  expect(await beside.findByRole('button', { name: 'Ne plus suivre ce dossier', pressed: true })).toBeInTheDocument()
  expect(server.to('PUT /api/v1/folders/f1/following')).toHaveLength(1)
})
