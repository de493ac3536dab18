import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import * as Y from 'yjs'
import { sessionQuery } from '@/entities/session/queries'
import { makeMember, makeSession } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { makeDocument } from '@/testing/makeDocuments'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { PageView } from './components/PageView'
import { formatDue } from './due'
import { addressOf } from './links'

const ines = makeMember()
const page = makeDocument({ kind: 'page', name: 'Protocole de relevés', number: 4 })
serve({
  'GET /api/v1/session': makeSession({ member: ines }),
  'POST /api/v1/realtime/tickets': { ticket: 't' },
  'GET /api/v1/pages/*': { people: 6, document: page },
  'GET /api/v1/pages/*/threads': { items: [], next: null },
})

/** A page as the server has it: a title, and a paragraph under it. */
function madePage(): Uint8Array {
  const document = new Y.Doc()
  const tree = document.getXmlFragment('page')
  const [title, paragraph] = [new Y.XmlElement('heading'), new Y.XmlElement('paragraph')]
  title.setAttribute('level', 1 as never)
  title.insert(0, [new Y.XmlText('Principe')])
  paragraph.insert(0, [new Y.XmlText('Trois points, deux saisons.')])
  tree.insert(0, [title, paragraph])
  return Y.encodeStateAsUpdate(document)
}

let socket: Socket | undefined
class Socket {
  static OPEN = 1
  readyState = 1
  onopen?: () => void
  onmessage?: (event: { data: unknown }) => void
  onclose?: (event: { code: number }) => void
  constructor() {
    socket = this
    queueMicrotask(() => this.onopen?.())
  }
  close() {}
  send(frame: unknown) {
    if (typeof frame !== 'string' || !frame.includes('hello')) return
    this.say({ type: 'ready', level, seq: 1 })
    const update = madePage()
    const length = update.length < 128 ? [update.length] : [(update.length & 127) | 128, update.length >> 7]
    this.onmessage?.({ data: new Uint8Array([0, 1, ...length, ...update]).buffer })
    this.say({ type: 'people', items: [makePersonRef({ id: ines.id, name: ines.name })] })
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}
let level = 'write'

const to = { home: '/documents', folder: String, document: (id: string) => `/documents/${id}` }

async function show(onLeave = vi.fn()) {
  vi.stubGlobal('WebSocket', Socket)
  const rendered = await renderWithProviders(null)
  rendered.queryClient.setQueryData(sessionQuery.queryKey, makeSession({ member: ines }))
  rendered.rerender(<PageView document={page} to={to} items={[]} onShare={() => {}} onLeave={onLeave} />)
  return screen.findByRole('textbox', { name: page.name })
}

test('who may write has the text, its outline, the tools and who is here', async () => {
  level = 'write'
  const paper = await show()
  expect(await within(paper).findByRole('heading', { level: 2, name: 'Principe' })).toBeInTheDocument()
  expect(paper).toHaveAttribute('aria-readonly', 'false')
  expect(screen.getByText('Enregistré')).toBeInTheDocument()
  const outline = screen.getByRole('navigation', { name: 'Plan du document' })
  expect(within(outline).getByRole('button', { name: 'Principe' })).toBeInTheDocument()
  const tools = screen.getByRole('toolbar', { name: 'Mise en forme' })
  await userEvent.click(within(tools).getByRole('button', { name: 'Insérer un tableau' }))
  expect(await within(paper).findByRole('table')).toBeInTheDocument()
  expect(screen.getByText('Enregistrement…')).toBeInTheDocument()
  expect(within(screen.getByRole('region', { name: 'En ce moment' })).getByText('Vous')).toBeInTheDocument()
  expect(await screen.findByText('6 personnes ont contribué')).toBeInTheDocument()
})

test('who may only read has no tools, and gets the text to copy when that ends too', async () => {
  level = 'read'
  const onLeave = vi.fn()
  const paper = await show(onLeave)
  expect(await within(paper).findByText('Trois points, deux saisons.')).toBeInTheDocument()
  expect(paper).toHaveAttribute('aria-readonly', 'true')
  expect(screen.queryByRole('toolbar')).not.toBeInTheDocument()
  socket?.onclose?.({ code: 4003 })
  const dialog = await screen.findByRole('dialog', { name: 'Cette page n’est plus ouverte pour vous' })
  expect(within(dialog).getByRole('textbox', { name: 'Texte de la page' })).toHaveValue(
    'Principe\nTrois points, deux saisons.',
  )
  await userEvent.click(within(dialog).getAllByRole('button', { name: 'Fermer' }).at(-1) as HTMLElement)
  await waitFor(() => expect(onLeave).toHaveBeenCalled())
})

test('a link leads to the web or to a mailbox', () => {
  expect(addressOf('valorne.fr/inscriptions')).toBe('https://valorne.fr/inscriptions')
  expect(addressOf('nadia@valorne.fr')).toBe('mailto:nadia@valorne.fr')
  expect(addressOf('javascript:alert(1)')).toBeUndefined()
  expect(addressOf('bonjour')).toBeUndefined()
})

test('a task is for a day, of this year or another', () => {
  const now = new Date('2026-11-26T12:00')
  expect(formatDue('2026-11-30', 'fr', now)).toBe('30 nov.')
  expect(formatDue('2027-03-18', 'fr', now)).toBe('18 mars 2027')
  expect(formatDue('bientôt', 'fr', now)).toBe('bientôt')
})
