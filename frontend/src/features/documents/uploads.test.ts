import { makeDocument, makeFolderCard } from '@/testing/makeDocuments'
import { testQueryClient } from '@/testing/render'
import { problem, serve } from '@/testing/server'
import { network } from '@/testing/uploads'
import { AT_ONCE, type Stage, Uploads } from './uploads'

const server = serve({
  'GET /api/v1/session': { csrf_token: 'csrf-1', member: null },
  'POST /api/v1/folders/*/documents': () => makeDocument(),
  'PUT /api/v1/files/*/without-position': {},
  'DELETE /api/v1/files/*': undefined,
})
const kept = () => Response.json({ id: 'file-1', name: 'x', size: 1, media_type: 'text/plain', url: '/x' })
const files = (...names: string[]) => ({
  files: names.map((name) => ({ file: new File(['x'], name, { lastModified: 1 }), path: [] })),
  empty: [],
})
const uploads = () => new Uploads(testQueryClient(), 'm1')
const stages = (of: Uploads) => of.items.map(({ stage }) => stage)
const settle = (of: Uploads, ...wanted: Stage[]) => vi.waitFor(() => expect(stages(of)).toEqual(wanted))

test('three are sent at a time, into the folders that they came from, each made once', async () => {
  const sent = network(...Array.from({ length: 5 }, kept))
  const made = vi.fn(() => makeFolderCard({ id: 'new' }))
  server.give({ 'POST /api/v1/folders/f1/folders': made })
  const queue = uploads()
  let most = 0
  queue.subscribe(() => {
    most = Math.max(most, stages(queue).filter((one) => one === 'sending' || one === 'filing').length)
  })
  const dropped = files('a', 'b', 'c', 'd', 'e')
  queue.add('f1', { ...dropped, files: dropped.files.map((one) => ({ ...one, path: ['Relevés'] })) })
  await settle(queue, 'done', 'done', 'done', 'done', 'done')
  expect(most).toBe(AT_ONCE)
  expect(made).toHaveBeenCalledTimes(1)
  expect(sent).toHaveLength(5)
  expect(server.to('POST /api/v1/folders/new/documents').map(({ body }) => body)).toContainEqual({
    file_id: 'file-1',
    name: 'a',
    if_exists: 'refuse',
  })
})

test('a name that is taken waits for an answer, which may be for all', async () => {
  network(kept(), kept(), kept())
  server.give({
    'POST /api/v1/folders/*/documents': ({ body }) =>
      (body as { if_exists: string }).if_exists === 'refuse' ? problem(409, 'name_taken', 'Pris.') : makeDocument(),
  })
  const queue = uploads()
  queue.add('f1', files('a', 'b', 'c'))
  await settle(queue, 'taken', 'taken', 'taken')
  queue.answerTaken(queue.items[0]?.key ?? '', 'skip', false)
  await vi.waitFor(() => expect(server.to('DELETE /api/v1/files/file-1')).toHaveLength(1))
  queue.answerTaken(queue.items[0]?.key ?? '', 'version', true)
  await settle(queue, 'done', 'done')
  const said = server
    .to('POST /api/v1/folders/f1/documents')
    .map(({ body }) => (body as { if_exists: string }).if_exists)
  expect(said.filter((one) => one === 'version')).toHaveLength(2)
})

test('a picture that says where it was taken is not sent before somebody decides', async () => {
  const sent = network(kept())
  const queue = uploads()
  queue.add('f1', { files: [{ file: located(), path: [] }], empty: [] })
  await settle(queue, 'located')
  expect(sent).toHaveLength(0)
  queue.answerPosition(queue.items[0]?.key ?? '', 'remove', false)
  await settle(queue, 'done')
  expect(server.to('PUT /api/v1/files/file-1/without-position')).toHaveLength(1)
})

test('what fails says why and is tried again; what the page leaves is asked for again', async () => {
  network(problem(507, 'quota_exceeded', 'Cet espace est plein.'), kept())
  const queue = uploads()
  queue.add('f1', files('a'))
  await settle(queue, 'failed')
  expect(queue.items[0]?.failure).toBe('Cet espace est plein.')
  server.give({ 'POST /api/v1/folders/*/documents': () => new Promise<never>(() => {}) })
  queue.resume(queue.items[0]?.key ?? '')
  await settle(queue, 'filing')
  window.dispatchEvent(new Event('pagehide'))

  const later = uploads()
  expect(stages(later)).toEqual(['lost'])
  server.give({ 'POST /api/v1/folders/*/documents': () => makeDocument() })
  later.giveAgain(files('b', 'a').files.map(({ file }) => file))
  await settle(later, 'done')
})

/** A JPEG whose first directory names another, of the position. */
function located() {
  const tiff = [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0, 3, 0]
  return new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, 40, 69, 120, 105, 102, 0, 0, ...tiff])], 'photo.jpg', {
    type: 'image/jpeg',
  })
}
