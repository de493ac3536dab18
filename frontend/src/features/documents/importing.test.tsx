import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeDocument } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import type { Addresses } from './addresses'
import { ImportPage } from './components/ImportPage'
import { isImportable } from './importing'

const page = makeDocument({ name: 'Compte rendu' })
const lost = [{ code: 'footnotes', count: 2, text: 'Les notes de bas de page deviennent du texte.' }]
const server = serve({ 'POST /api/v1/folders/*/page-imports': { document: page, lost } })
const to = { document: (id: string) => `/documents/${id}` } as Addresses
const word = { id: 'd1', type: 'document' as const, name: 'Compte rendu.docx', parentId: 'f1' }

test('a page is made of a document, and what was not taken over is said before it is opened', async () => {
  const onClose = vi.fn()
  await renderWithProviders(<ImportPage open onClose={onClose} of={word} to={to} />)
  const dialog = within(await screen.findByRole('dialog', { name: 'Ouvrir comme page' }))
  expect(dialog.getByText(/est faite de « Compte rendu.docx »/)).toBeVisible()
  await userEvent.click(dialog.getByRole('button', { name: 'Créer la page' }))
  const left = within(await dialog.findByRole('region', { name: 'Ce qui n’a pas été repris' }))
  expect(left.getByText(/notes de bas de page/)).toHaveTextContent('(2 fois)')
  const [call] = server.to('POST /api/v1/folders/*/page-imports')
  expect([call?.path, call?.body]).toEqual(['/api/v1/folders/f1/page-imports', { document_id: 'd1' }])
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.click(dialog.getByRole('button', { name: 'Ouvrir la page' }))
  expect(onClose).toHaveBeenCalled()
})

test('a page of which all was taken over is opened at once', async () => {
  server.give({ 'POST /api/v1/folders/*/page-imports': { document: page, lost: [] } })
  const onClose = vi.fn()
  await renderWithProviders(<ImportPage open onClose={onClose} of={word} to={to} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Créer la page' }))
  await waitFor(() => expect(onClose).toHaveBeenCalled())
})

test('what cannot be read is said, and may be tried again', async () => {
  const title = 'Ce document ne peut pas être lu.'
  server.give({
    'POST /api/v1/folders/*/page-imports': () =>
      Response.json({ type: 'about:blank', status: 422, code: 'unreadable_document', title }, { status: 422 }),
  })
  await renderWithProviders(<ImportPage open onClose={() => {}} of={word} to={to} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Créer la page' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(title)
  expect(screen.getByRole('button', { name: 'Créer la page' })).toBeEnabled()
})

test('Word documents and Markdown texts become pages, and nothing else', () => {
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  expect(isImportable({ media_type: type, name: 'a.docx' })).toBe(true)
  expect(isImportable({ media_type: 'text/plain', name: 'LISEZMOI.md' })).toBe(true)
  expect(isImportable({ media_type: 'text/plain', name: 'notes.txt' })).toBe(false)
  expect(isImportable({ media_type: 'application/pdf', name: 'a.md' })).toBe(false)
})
