import { makeSession } from '@/testing/make'
import { problem, serve } from '@/testing/server'
import { network } from '@/testing/uploads'
import { encodeName, upload } from './upload'

const server = serve({ 'GET /api/v1/session': makeSession() })
const kept = { id: '1', name: 'logo.png', media_type: 'image/png', size: 3, sha256: '', url: '/', created_at: '' }

test('a file leaves as it is, with its name, and tells how far it is', async () => {
  const sent = network(Response.json(kept, { status: 201 }))
  const file = new File(['abc'], 'logo (1) d’été.png')
  const parts: number[] = []
  expect(await upload(file, { onProgress: (part) => parts.push(part) })).toEqual(kept)
  expect(parts).toEqual([0.25])
  expect(sent[0]?.body).toBe(file)
  expect(sent[0]?.headers).toMatchObject({
    'x-csrf-token': 'csrf-1',
    'accept-language': 'fr',
    'content-disposition': `attachment; filename*=UTF-8''logo%20%281%29%20d%E2%80%99%C3%A9t%C3%A9.png`,
  })
})

test('the server’s refusal is thrown in its words', async () => {
  network(problem(413, 'too_large', 'Trop lourd.'))
  await expect(upload(new File(['abc'], 'a.png'))).rejects.toThrow('Trop lourd.')
})

test('a token of an earlier session is renewed once', async () => {
  const sent = network(problem(403, 'csrf_refused', 'Périmé'), Response.json(kept))
  await upload(new File(['abc'], 'a.png'))
  expect(sent).toHaveLength(2)
  expect(server.to('GET /api/v1/session')).toHaveLength(2)
})

test('without network it says so', async () => {
  network('lost')
  await expect(upload(new File(['abc'], 'a.png'))).rejects.toThrow('Le serveur n’est pas joignable')
})

test('names keep to the characters of RFC 8187', () => {
  expect(encodeName("a'b*c!.png")).toBe('a%27b%2Ac%21.png')
})
