import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { type Call, serve } from '@/testing/server'
import { ExportDialog } from './components/ExportDialog'

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
