import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { type Call, serve } from '@/testing/server'
import { ExportDialog } from './components/ExportDialog'
import { PictureDialog } from './components/PictureDialog'
import { picturesIn } from './takePictures'

const pageId = '01a0c9ae-0000-7000-8000-000000000001'

serve({
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
