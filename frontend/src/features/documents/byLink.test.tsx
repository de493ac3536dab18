import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderWithProviders } from '@/testing/render'
import { type Call, problem, serve } from '@/testing/server'
import { ByLink } from './components/ByLink'

const token = 'k'.repeat(43)
const at = `/api/v1/shared/${token}`
const plan = {
  id: 'd1',
  kind: 'file',
  name: 'Plan.pdf',
  media_type: 'application/pdf',
  group: 'pdf',
  size: 6_200_000,
  changed_at: '2026-11-24T08:00:00.000Z',
  pages: 2,
}
const shared = {
  kind: 'document',
  asks_password: false,
  opened: false,
  allows_download: true,
  expires_at: '2999-12-20T08:00:00.000Z',
  name: plan.name,
  folder_id: null,
  document: plan,
}
const locked = { ...shared, asks_password: true, name: null, document: null }
const folder = { ...shared, kind: 'folder', name: 'Terrain', folder_id: 'f1', document: null }
const inFolder = (id: string) => (call: Call) => call.search.get('folder') === id
const [inTop, inMaps] = [inFolder('f1'), inFolder('f2')]
const soon = () => new Date(Date.now() + 3_600_000).toISOString()
const server = serve({
  'GET /api/v1/session': { member: null, csrf_token: null },
  [`GET ${at}`]: shared,
  [`POST ${at}/unlock`]: () => ({ ticket: 'T1', expires_at: soon() }),
  [`GET ${at}/folders`]: (call) => ({
    items: inTop(call) ? [{ id: 'f2', name: 'Cartes', changed_at: plan.changed_at }] : [],
    next: null,
  }),
  [`GET ${at}/documents`]: (call) => ({ items: inMaps(call) ? [plan] : [], next: null }),
})
const show = (secret = token) => renderWithProviders(<ByLink token={secret} />)

test('a document is opened once, seen page by page and downloaded', async () => {
  await show()
  expect(await screen.findByRole('heading', { name: 'Plan.pdf' })).toBeInTheDocument()
  expect(await screen.findByRole('img', { name: 'Page 2 de Plan.pdf' })).toHaveAttribute(
    'src',
    `${at}/pages/2?document=d1&ticket=T1`,
  )
  expect(screen.getByRole('link', { name: 'Télécharger' })).toHaveAttribute(
    'href',
    `${at}/content?document=d1&ticket=T1`,
  )
  expect(server.to(`POST ${at}/unlock`)).toHaveLength(1)
})

test('nothing is told before the password, a wrong one is said, the right one opens', async () => {
  server.give({
    [`GET ${at}`]: ({ search }) =>
      search.get('ticket') === 'T1' ? { ...shared, asks_password: true, opened: true } : locked,
    [`POST ${at}/unlock`]: ({ body }) =>
      (body as { password: string }).password === 'le bon mot de passe'
        ? { ticket: 'T1', expires_at: soon() }
        : problem(403, 'wrong_password', 'Non'),
  })
  await show()
  const field = await screen.findByLabelText('Mot de passe')
  expect(server.to(`POST ${at}/unlock`)).toHaveLength(0)
  await userEvent.type(field, 'un autre')
  await userEvent.click(screen.getByRole('button', { name: 'Ouvrir' }))
  expect(await screen.findByText('Ce n’est pas ce mot de passe.')).toBeInTheDocument()
  await userEvent.clear(field)
  await userEvent.type(field, 'le bon mot de passe')
  await userEvent.click(screen.getByRole('button', { name: 'Ouvrir' }))
  expect(await screen.findByRole('heading', { name: 'Plan.pdf' })).toBeInTheDocument()
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('T1')
})

test('folders are walked down and up again; without the right to, nothing is downloaded', async () => {
  server.give({ [`GET ${at}`]: { ...folder, allows_download: false } })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Cartes' }))
  await userEvent.click(await screen.findByRole('button', { name: /^Plan\.pdf/ }))
  expect(await screen.findByRole('img', { name: 'Page 1 de Plan.pdf' })).toBeInTheDocument()
  expect(screen.queryByRole('link', { name: /Télécharger/ })).not.toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Revenir à Terrain' }))
  expect(await screen.findByRole('heading', { name: 'Terrain' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Cartes' })).toBeInTheDocument()
})

test('a page in a folder is downloaded as a document that others can open', async () => {
  const page = { ...plan, id: 'd2', kind: 'page', name: 'Compte rendu', group: 'document', pages: 0 }
  server.give({
    [`GET ${at}`]: folder,
    [`GET ${at}/documents`]: { items: [page], next: null },
    [`GET ${at}/page`]: { html: '<p>Le pont est fermé.</p>' },
  })
  await show()
  const link = await screen.findByRole('link', { name: 'Télécharger Compte rendu en Word' })
  expect(link).toHaveAttribute('href', `${at}/content?document=d2&ticket=T1&format=docx`)
  expect(link).toHaveAttribute('download', 'Compte rendu.docx')
  await userEvent.click(screen.getByRole('button', { name: /^Compte rendu/ }))
  expect(await screen.findByText('Le pont est fermé.')).toBeInTheDocument()
  expect(screen.getByRole('link', { name: /Markdown/ })).toBeInTheDocument()
})

test('what does not work has one text, and what is no secret is not even asked for', async () => {
  await show('abc')
  expect(await screen.findByRole('heading', { name: 'Ce lien ne mène nulle part' })).toBeInTheDocument()
  expect(server.calls.filter(({ path }) => path.startsWith('/api/v1/shared'))).toEqual([])
  server.give({ [`GET ${at}`]: problem(404, 'not_found', 'Rien') })
  await show()
  await waitFor(() => expect(screen.getAllByRole('heading', { name: 'Ce lien ne mène nulle part' })).toHaveLength(2))
})

test('what was open closes when its time is over, and opens again when asked', async () => {
  server.give({ [`POST ${at}/unlock`]: () => ({ ticket: 'T1', expires_at: new Date(Date.now() + 300).toISOString() }) })
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Ouvrir de nouveau' }))
  await waitFor(() => expect(server.to(`POST ${at}/unlock`)).toHaveLength(2))
})
