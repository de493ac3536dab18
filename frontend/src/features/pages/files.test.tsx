import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeCommunityCard, makePersonRef } from '@/testing/makeCommunity'
import { makeDocument } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { type Call, serve } from '@/testing/server'
import { AuthorsDialog } from './components/AuthorsDialog'
import { ExportDialog } from './components/ExportDialog'
import { HistoryDialog } from './components/HistoryDialog'
import { PictureDialog } from './components/PictureDialog'
import { PublishDialog } from './components/PublishDialog'
import { picturesIn } from './takePictures'

const pageId = '01a0c9ae-0000-7000-8000-000000000001'
const ana = makePersonRef({ name: 'Ana Arnaud' })

const server = serve({
  'GET /api/v1/pages/*/export/losses': ({ search }: Call) =>
    search.get('format') === 'md'
      ? { items: [{ code: 'merged_cells', count: 3, text: 'Les cellules fusionnées sont séparées.' }] }
      : { items: [{ code: 'comments', count: 0, text: 'Les commentaires restent dans Parvis.' }] },
})

test('a page is exported after what it loses was said', async () => {
  renderWithProviders(<ExportDialog pageId={pageId} onClose={() => {}} />)
  const dialog = await screen.findByRole('dialog', { name: 'Exporter' })
  expect(await within(dialog).findByText('Les commentaires restent dans Parvis.')).toBeVisible()
  await userEvent.click(within(dialog).getByRole('radio', { name: /Markdown/ }))
  const lost = within(dialog).getByRole('region', { name: 'Ce qui ne sera pas dans le fichier' })
  expect(await within(lost).findByText(/Les cellules fusionnées sont séparées/)).toHaveTextContent('(3 fois)')
  expect(within(dialog).getByRole('link', { name: 'Télécharger en Markdown' })).toHaveAttribute(
    'href',
    `/api/v1/pages/${pageId}/export?format=md`,
  )
})

test('who wrote which words is told by letters beside them, and how much is of each', async () => {
  server.give({
    'GET /api/v1/pages/*/authors': {
      authors: [
        { person: ana, letters: 30 },
        { person: null, letters: 10 },
      ],
      blocks: [
        {
          type: 'paragraph',
          level: null,
          runs: [
            { text: 'Le pont est fermé', author: 0 },
            { text: ' depuis hier', author: 1 },
          ],
        },
      ],
    },
  })
  await renderWithProviders(<AuthorsDialog pageId={pageId} onClose={() => {}} />)
  const legend = await screen.findByRole('list', { name: 'Personnes qui ont écrit' })
  const [first, second] = within(legend).getAllByRole('listitem')
  expect(first).toHaveTextContent('AAAna Arnaud75 % du texte')
  expect(second).toHaveTextContent('QQuelqu’un25 % du texte')
  expect(screen.getByTitle('Ana Arnaud')).toHaveTextContent('AALe pont est fermé')
  expect(screen.getByTitle('Quelqu’un')).toHaveTextContent('depuis hier')
})

test('of what came since a version, it is told who wrote it', async () => {
  const version = {
    number: 2,
    label: 'Relue',
    is_frozen: false,
    is_current: false,
    created_at: '2026-11-20T10:00:00Z',
    created_by: ana,
    authors: [ana],
    characters: 20,
    restored_from: null,
  }
  server.give({
    'GET /api/v1/pages/*/versions': { items: [version], next: null },
    'GET /api/v1/pages/*/versions/2/comparison': {
      authors: [{ person: ana, letters: 5 }],
      blocks: [
        {
          change: 'changed',
          before: {},
          after: {},
          runs: [
            { text: 'Le pont est ', change: 'same', author: null },
            { text: 'ouvert', change: 'removed', author: null },
            { text: 'fermé', change: 'added', author: 0 },
          ],
        },
      ],
    },
  })
  await renderWithProviders(<HistoryDialog pageId={pageId} mayWrite={false} onClose={() => {}} />)
  await userEvent.click(await screen.findByRole('button', { name: /Relue/ }))
  expect(await screen.findByTitle('Ana Arnaud')).toHaveTextContent('fermé')
  expect(screen.getByTitle('Ana Arnaud').closest('ins')).toBeInTheDocument()
  expect(screen.getByText('ouvert').closest('del')).toBeInTheDocument()
})

test('a page is published where it stands, and an article that is behind is brought up to date', async () => {
  const place = makeCommunityCard({ name: 'Géographie', abilities: ['read', 'post'] })
  const other = makeCommunityCard({ name: 'Chorale', abilities: ['read'] })
  const article = {
    post_id: 'p1',
    title: 'Le pont',
    published_at: '2026-11-20T10:00:00Z',
    is_behind: true,
    is_own: true,
  }
  server.give({
    'GET /api/v1/communities': { items: [other, place], next: null },
    'GET /api/v1/pages/*/publications': { items: [article] },
    'PUT /api/v1/pages/*/publications/*': article,
    'POST /api/v1/pages/*/publications': article,
  })
  const onClose = vi.fn()
  const page = makeDocument({ name: 'Sortie de terrain' })
  await renderWithProviders(<PublishDialog page={page} onClose={onClose} />)
  await userEvent.click(await screen.findByRole('button', { name: /Mettre à jour .*Le pont/ }))
  await waitFor(() => expect(server.to('PUT /api/v1/pages/*/publications/*')).toHaveLength(1))
  const title = screen.getByRole('textbox', { name: 'Titre de l’article' })
  expect(title).toHaveValue('Sortie de terrain')
  await userEvent.clear(title)
  await userEvent.type(title, 'Le pont est fermé')
  expect(screen.queryByText('Chorale')).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Publier l’article' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
  expect(server.to('POST /api/v1/pages/*/publications')[0]?.body).toEqual({
    places: [place.id],
    title: 'Le pont est fermé',
    language: 'fr',
    cover: null,
  })
})

test('a picture does not stand in a page before it was described', async () => {
  const kept: object[] = []
  const chain = {
    focus: () => chain,
    updateAttributes: (_: string, attrs: object) => {
      kept.push(attrs)
      return chain
    },
    run: () => true,
  }
  const editor = { chain: () => chain } as never
  const onClose = vi.fn()
  renderWithProviders(<PictureDialog pageId={pageId} editor={editor} of={{ alt: '', width: null }} onClose={onClose} />)
  const dialog = await screen.findByRole('dialog', { name: 'Modifier l’image' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Enregistrer' }))
  expect(within(dialog).getByText('Décrivez l’image.')).toBeVisible()
  expect(kept).toEqual([])
  await userEvent.type(within(dialog).getByRole('textbox', { name: /Description/ }), 'La carte des points')
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Moyenne' }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Enregistrer' }))
  expect(kept).toEqual([{ alt: 'La carte des points', width: 560 }])
  expect(onClose).toHaveBeenCalled()
})

test('of what is pasted, pictures alone are taken', () => {
  const files = [new File([''], 'a.png', { type: 'image/png' }), new File([''], 'b.svg', { type: 'image/svg+xml' })]
  expect(picturesIn({ files: files as unknown as FileList }).map(({ name }) => name)).toEqual(['a.png'])
  expect(picturesIn(null)).toEqual([])
})
