import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId, makeSession } from '@/testing/make'
import { renderWithProviders } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { network } from '@/testing/uploads'
import { Attaching } from './Attaching'
import { DocumentCards } from './DocumentCards'
import { FileList } from './FileList'
import { Gallery } from './Gallery'
import { LinkCards } from './LinkCards'
import type { AttachedDraft, OfferedFile, ShownImage } from './types'
import { useAttachments } from './useAttachments'

const kept = { name: 'carte.png', media_type: 'image/png', size: 3, sha256: '', url: '/', created_at: '' }
const sizes = { width: 400, height: 300, url: '/large.webp', small_url: '/small.webp' }
const server = serve({
  'GET /api/v1/session': makeSession(),
  'PUT /api/v1/files/*/picture': ({ path }) => ({ id: path.split('/')[4], ...sizes }),
})
const image = (alt: string): ShownImage => ({ id: makeId(), ...sizes, alt })
const png = (name = 'carte.png') => new File(['abc'], name, { type: 'image/png' })

function Writing({ onDraft, shown }: { onDraft: (draft: AttachedDraft) => void; shown: ShownImage[] }) {
  const attachments = useAttachments({ images: shown, files: [] })
  return (
    <>
      <Attaching attachments={attachments} allowed>
        <input aria-label="Texte" />
      </Attaching>
      <button type="button" onClick={() => attachments.check() && onDraft(attachments.draft())}>
        Publier
      </button>
    </>
  )
}
async function write(shown: ShownImage[] = []) {
  const drafts: AttachedDraft[] = []
  await renderWithProviders(<Writing onDraft={(draft) => drafts.push(draft)} shown={shown} />)
  return drafts
}
const publish = () => userEvent.click(screen.getByRole('button', { name: 'Publier' }))

test('a picture is made, and is described before anything is published', async () => {
  network(Response.json({ id: 'one', ...kept }, { status: 201 }))
  const drafts = await write()
  await userEvent.upload(screen.getByLabelText('Choisir des images'), png())
  await waitFor(() => expect(server.to('PUT /api/v1/files/*/picture')).toHaveLength(1))
  await publish()
  const words = screen.getByRole('textbox', { name: 'Décrire l’image carte.png' })
  expect(words).toHaveAccessibleDescription(/Décrivez l’image, ou dites/)
  expect(drafts).toEqual([])
  await userEvent.type(words, 'La carte du campus')
  await publish()
  expect(drafts).toEqual([{ images: [{ id: 'one', alt: 'La carte du campus', decorative: false }], files: [] }])
})

test('a picture that only decorates needs no words', async () => {
  const first = image('Première')
  const second = image('Seconde')
  const drafts = await write([first, second])
  await userEvent.click(screen.getByRole('button', { name: 'Avancer 2' }))
  await userEvent.click(screen.getAllByRole('checkbox', { name: 'Elle ne fait que décorer' })[1] as HTMLElement)
  await publish()
  expect(drafts[0]?.images).toEqual([
    { id: second.id, alt: 'Seconde', decorative: false },
    { id: first.id, alt: '', decorative: true },
  ])
})

test('what is pasted is attached; what the server refuses is said, and removed', async () => {
  network(problem(413, 'too_large', 'Trop lourd.'))
  const drafts = await write()
  const clipboardData = { files: [new File(['x'], 'cours.pdf', { type: 'application/pdf' })], types: ['Files'] }
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData })
  screen.getByLabelText('Texte').dispatchEvent(event)
  expect(await screen.findByText('Trop lourd.')).toBeInTheDocument()
  await publish()
  expect(screen.getByText(/Attendez la fin des envois/)).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Retirer cours.pdf' }))
  await publish()
  expect(drafts).toEqual([{ images: [], files: [] }])
})

test('ten pictures at most', async () => {
  network(...Array.from({ length: 12 }, (_, index) => Response.json({ id: `${index}`, ...kept })))
  await write()
  await userEvent.upload(
    screen.getByLabelText('Choisir des images'),
    Array.from({ length: 12 }, (_, index) => png(`${index}.png`)),
  )
  expect(await screen.findByText(/Dix images, dix fichiers et dix documents/)).toBeInTheDocument()
  expect(screen.getAllByRole('checkbox')).toHaveLength(10)
})

test('pictures open large, and the arrow keys go from one to the next', async () => {
  const images = [image('Un'), image('Deux'), image(''), image('Quatre'), image('Cinq')]
  await renderWithProviders(<Gallery images={images} />)
  expect(screen.getAllByRole('listitem')).toHaveLength(4)
  expect(screen.getByText('1 de plus')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Agrandir l’image 3 sur 5' })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Agrandir l’image\u00a0: Un' }))
  const box = within(await screen.findByRole('dialog', { name: 'Image 1 sur 5' }))
  expect(box.getByRole('img', { name: 'Un' })).toBeInTheDocument()
  await userEvent.keyboard('{ArrowLeft}')
  expect(await screen.findByRole('dialog', { name: 'Image 5 sur 5' })).toBeInTheDocument()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  expect(await screen.findByRole('img', { name: 'Deux' })).toBeInTheDocument()
})

test('a file says what it is and how large', async () => {
  const file: OfferedFile = { id: '1', name: 'Plan.odt', media_type: 'application/zip', size: 3_400_000, url: '/f/1' }
  await renderWithProviders(<FileList files={[file]} />)
  const link = screen.getByRole('link', { name: /Plan\.odt ODT, 3,4\sMo/ })
  expect(link).toHaveAttribute('href', '/f/1')
  expect(link).toHaveAttribute('download', 'Plan.odt')
})

test('a link says where it leads, and asks nobody else for its picture', async () => {
  const said = { title: 'Crues', description: 'Trois cartes', site: 'Géoportail' }
  const links = [
    { ...said, url: 'https://a.example/', image: { url: '/api/v1/files/1', width: 80, height: 40 } },
    { ...said, url: 'https://b.example/', image: null },
  ]
  await renderWithProviders(<LinkCards links={links} />)
  const [first, second] = screen.getAllByRole('link', { name: 'Géoportail Crues Trois cartes' })
  expect(first).toHaveAttribute('href', 'https://a.example/')
  expect(first?.querySelector('img')).toHaveAttribute('src', '/api/v1/files/1')
  expect(second?.querySelector('img')).toBeNull()
})

test('a document is chosen by space and folder, and by its words; who may not read one sees a lock', async () => {
  const space = { folder_id: makeId(), kind: 'community', name: 'Cartographie', community: null }
  const [folderId, id] = [makeId(), makeId()]
  const document = { id, name: 'Plan.pdf', size: 2048, group: 'pdf' }
  const page = (...items: unknown[]) => ({ items, next: null })
  const asked: (string | null)[] = []
  server.give({
    'GET /api/v1/documents/spaces': page(space),
    [`GET /api/v1/folders/${space.folder_id}`]: { kind: 'space', name: 'Cartographie', path: [], space },
    [`GET /api/v1/folders/${space.folder_id}/folders`]: page({ id: folderId, name: 'Cours' }),
    [`GET /api/v1/folders/${space.folder_id}/documents`]: page(),
    [`GET /api/v1/folders/${folderId}`]: {
      ...{ kind: 'folder', name: 'Cours', space },
      path: [{ id: space.folder_id, name: 'Cartographie' }],
    },
    [`GET /api/v1/folders/${folderId}/folders`]: page(),
    [`GET /api/v1/folders/${folderId}/documents`]: ({ search }) => {
      asked.push(search.get('q'))
      return page(document)
    },
  })
  const drafts = await write()
  await userEvent.click(screen.getByRole('button', { name: 'Joindre depuis Documents' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Cartographie' }))
  expect(await screen.findByText('Aucun document dans ce dossier.')).toBeVisible()
  await userEvent.click(await screen.findByRole('button', { name: 'Cours' }))
  await userEvent.type(await screen.findByRole('searchbox', { name: 'Chercher dans ce dossier' }), 'plan')
  await waitFor(() => expect(asked.at(-1)).toBe('plan'))
  await userEvent.click(await screen.findByRole('button', { name: /Plan\.pdf/ }))
  expect(await screen.findByRole('list', { name: 'Documents joints' })).toHaveTextContent('Plan.pdf')
  await publish()
  expect(drafts).toEqual([{ images: [], files: [], document_ids: [id] }])
  const nothing = { name: null, media_type: null, group: null, size: null, url: null, thumbnail_url: null }
  const card = { ...document, is_locked: false, media_type: 'application/pdf', url: '/plan', thumbnail_url: null }
  await renderWithProviders(<DocumentCards documents={[{ id: null, is_locked: true, ...nothing }, card]} />)
  expect(screen.getByText(/Document verrouillé/)).toBeVisible()
  expect(screen.getByRole('link', { name: /Plan\.pdf/ })).toHaveAttribute('href', `/documents/${id}`)
})
