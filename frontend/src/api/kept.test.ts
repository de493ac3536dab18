import { forgetAnswers, keepFor, keptAnswers } from './kept'

/** A browser's cache, as far as it is used. */
function storage() {
  const all = new Map<string, Map<string, Response>>()
  const opened = (name: string) => {
    const answers = all.get(name) ?? new Map<string, Response>()
    all.set(name, answers)
    return {
      match: async ({ url }: Request) => answers.get(url)?.clone(),
      put: async (url: string, response: Response) => void answers.set(url, response),
      delete: async ({ url }: Request) => answers.delete(url),
      keys: async () => [...answers.keys()].map((url) => new Request(url)),
    }
  }
  return {
    open: async (name: string) => opened(name),
    keys: async () => [...all.keys()],
    delete: async (name: string) => all.delete(name),
  }
}

const asked = (path: string) => new Request(`http://localhost${path}`)
const POST = '/api/v1/posts/1'

async function kept(path: string, response = Response.json({ body: 'Bonjour' })) {
  keptAnswers().keep(asked(path), response)
  await new Promise((resolve) => setTimeout(resolve, 0))
  await new Promise((resolve) => setTimeout(resolve, 0))
  return (await keptAnswers().read(asked(path)))?.json()
}

beforeEach(async () => {
  vi.stubGlobal('caches', storage())
  localStorage.clear()
  await keepFor('claire', 'http://localhost/api/v1/session', { member: 'claire' })
})

test('what one was answered is read again, and nothing of settings, administration or mails', async () => {
  expect(await kept(POST)).toEqual({ body: 'Bonjour' })
  expect(await kept('/api/v1/me/notification-choices')).toBeUndefined()
  expect(await kept('/api/v1/audit-entries')).toBeUndefined()
  expect(await kept('/api/v1/files/1', new Response('octets'))).toBeUndefined()
})

test('another reads nothing of it, nor who comes back after another', async () => {
  await kept(POST)
  await keepFor('omar', 'http://localhost/api/v1/session', { member: 'omar' })
  expect(await keptAnswers().read(asked(POST))).toBeUndefined()
  await keepFor('claire', 'http://localhost/api/v1/session', { member: 'claire' })
  expect(await keptAnswers().read(asked(POST))).toBeUndefined()
})

test('what is there no more is kept no more, and nothing once the server knows nobody', async () => {
  await kept(POST)
  await kept('/api/v1/posts/2')
  expect(await kept(POST, new Response(null, { status: 404 }))).toBeUndefined()
  expect(await keptAnswers().read(asked('/api/v1/posts/2'))).toBeDefined()
  expect(await kept('/api/v1/posts/3', new Response(null, { status: 401 }))).toBeUndefined()
  expect(localStorage.getItem('parvis.kept')).toBeNull()
  expect(await caches.keys()).toEqual([])
})

test('it goes after seven days, when it is too large, and with access to a place', async () => {
  await kept(POST)
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 8 * 86_400_000)
  expect(await keptAnswers().read(asked(POST))).toBeUndefined()
  vi.mocked(Date.now).mockRestore()
  expect(await kept('/api/v1/feed', Response.json({ words: 'x'.repeat(600_000) }))).toBeUndefined()
  expect(await keptAnswers().read(asked(POST))).toBeDefined()
  forgetAnswers()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(await keptAnswers().read(asked(POST))).toBeUndefined()
})
