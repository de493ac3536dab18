import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { sessionQuery } from '@/entities/session/queries'
import { makeSession } from '@/testing/make'
import { makeDocument, makeFolder, makeFolderCard, makePreview } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { FolderView } from './components/FolderView'
import type { View } from './view'

const plan = makeDocument()
const notes = makeDocument({ name: 'Compte rendu.md', group: 'text', abilities: ['copy'], changed_by: null })
const server = serve({
  'GET /api/v1/session': makeSession(),
  'GET /api/v1/folders/f1': makeFolder(),
  'GET /api/v1/folders/f1/folders': { items: [makeFolderCard({ public: 'restricted' })], next: null },
  'GET /api/v1/folders/f1/documents': { items: [plan, notes], next: null },
  [`GET /api/v1/documents/${plan.id}`]: plan,
  'GET /api/v1/files/*/preview': makePreview(),
})
const to = {
  home: '/documents',
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
})

test('the keyboard goes through the list, chooses and opens', async () => {
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

test('a document is looked at beside the list', async () => {
  const { onView, look } = await arrive()
  await userEvent.click(screen.getByText('PDF, 6,2 Mo'))
  expect(onView).toHaveBeenCalledWith({ doc: plan.id })
  look({ doc: plan.id })
  const beside = await screen.findByRole('complementary', { name: 'Aperçu' })
  expect(await within(beside).findByRole('link', { name: 'Ouvrir' })).toHaveAttribute('href', to.document(plan.id))
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
