import { IconCalendarEvent } from '@tabler/icons-react'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { makeId } from '@/testing/make'
import {
  makeAnswer,
  makeFoundComment,
  makeFoundCommunity,
  makeFoundDocument,
  makeFoundMessage,
  makeFoundPerson,
  makePreview,
  passage,
} from '@/testing/makeSearch'
import { renderWithProviders } from '@/testing/render'
import { type Call, problem, serve } from '@/testing/server'
import { addressOf, type Ways } from './addresses'
import { Palette } from './components/Palette'
import { beginningNear, textOf } from './found'
import { type Command, type Here, matching } from './options'

const to: Ways = {
  person: (id) => `/people/${id}`,
  community: (id) => `/communities/${id}`,
  post: (id, comment) => `/posts/${id}${comment ? `/comments/${comment}` : ''}`,
  document: (id) => `/documents/${id}`,
  message: (id, number, thread) => `/messages/${id}?${thread === null ? `m=${number}` : `fil=${thread}`}`,
  results: ({ q, kinds = [], place }) => `/search?q=${q}&kinds=${kinds.join()}&place=${place ?? ''}`,
  ask: (id, words) => `/ask/${id ?? 'anywhere'}/${words}`,
}
const commands: Command[] = [
  { key: 'post', title: 'Écrire une publication', icon: IconCalendarEvent, to: '/write', first: true },
  { key: 'agenda', title: 'Ouvrir l’agenda', icon: IconCalendarEvent, to: '/agenda', words: 'calendrier' },
]
const thomas = makeFoundPerson()
const geography = makeFoundCommunity()
const report = makeFoundDocument()
const server = serve({
  'GET /api/v1/search': makeAnswer([report, thomas, geography]),
  'GET /api/v1/search/suggestions': { items: [] },
  'GET /api/v1/search/preview/*/*': ({ path }) => problem(404, 'not_found', path),
  'GET /api/v1/me/searches': { items: [] },
  'POST /api/v1/me/searches': ({ body }) => ({ id: makeId(), at: '2026-11-20T10:00:00Z', ...(body as object) }),
})

interface Given {
  here?: Here
  within?: boolean
  onWriteTo?: (person: { id: string; name: string }) => void
}

async function show(given: Given = {}) {
  const onGo = vi.fn()
  const onClose = vi.fn()
  await renderWithProviders(
    <Palette open onClose={onClose} onGo={onGo} to={to} commands={commands} memberId={makeId()} {...given} />,
  )
  const field = await screen.findByRole('combobox', { name: 'Chercher dans Parvis' })
  await waitFor(() => expect(field).toHaveFocus())
  return { onGo, onClose, field }
}

const asked = (pattern = 'GET /api/v1/search') => server.to(pattern).map(({ search }) => search.get('q'))
const selected = () => screen.getByRole('option', { selected: true })
const named = (name: RegExp) => (given: string) => name.test(given.replaceAll('\u00a0', ' '))
const option = (name: RegExp) => screen.findByRole('option', { name: named(name) })

test('what is found stands by kind, always in the same order, and what fits best is chosen first', async () => {
  const { field } = await show()
  await userEvent.type(field, 'crue')
  await option(/Rapport de crue 1998/)
  const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-labelledby') ?? '')
  expect(groups.map((id) => document.getElementById(id)?.textContent)).toEqual([
    'Personnes',
    'Communautés',
    'Documents',
    'Actions',
  ])
  expect(selected()).toHaveTextContent('Rapport de crue 1998')
  expect(field).toHaveAttribute('aria-activedescendant', selected().id)
  expect(screen.getByRole('radio', { name: 'Tout 3' })).toBeChecked()
  await waitFor(() => expect(screen.getByText('3 résultats')).toHaveAttribute('role', 'status'))
})

test('arrows go round, Enter opens, and what was looked for is kept', async () => {
  const { field, onGo, onClose } = await show()
  await userEvent.type(field, 'crue')
  await option(/Rapport de crue 1998/)
  await userEvent.keyboard('{ArrowUp}')
  expect(selected()).toHaveTextContent('Géographie et aménagement')
  await userEvent.keyboard('{ArrowUp}{ArrowUp}')
  expect(selected()).toHaveTextContent('Tous les résultats')
  await userEvent.keyboard('{ArrowDown}')
  expect(selected()).toHaveTextContent('Thomas Nguyen')
  await userEvent.keyboard('{Enter}')
  expect(onGo).toHaveBeenCalledExactlyOnceWith(`/people/${thomas.id}`)
  expect(onClose).toHaveBeenCalledOnce()
  await waitFor(() => expect(server.to('POST /api/v1/me/searches')[0]?.body).toMatchObject({ q: 'crue', kinds: [] }))
})

test('Enter that comes before the answer opens what the answer says, not what was shown before', async () => {
  const other = makeFoundDocument({ title: passage('Zonage réglementaire') })
  const answers: Record<string, (value: object) => void> = {}
  server.give({
    'GET /api/v1/search': ({ search }: Call) =>
      new Promise<object>((resolve) => {
        answers[search.get('q') ?? ''] = resolve
      }),
  })
  const { field, onGo } = await show()
  await userEvent.type(field, 'crue')
  await waitFor(() => expect(answers.crue).toBeDefined())
  answers.crue?.(makeAnswer([report]))
  await option(/Rapport de crue 1998/)
  await userEvent.clear(field)
  await userEvent.type(field, 'zonage{Enter}')
  expect(onGo).not.toHaveBeenCalled()
  await waitFor(() => expect(answers.zonage).toBeDefined())
  answers.zonage?.(makeAnswer([other]))
  await waitFor(() => expect(onGo).toHaveBeenCalledExactlyOnceWith(`/documents/${other.id}`))
})

test('an answer that comes late is shown to nobody', async () => {
  const late: ((value: object) => void)[] = []
  server.give({
    'GET /api/v1/search': ({ search }: Call) =>
      search.get('q') === 'cru'
        ? new Promise<object>((resolve) => late.push(resolve))
        : makeAnswer([makeFoundDocument({ title: passage('Le juste') })]),
  })
  const { field } = await show()
  await userEvent.type(field, 'cru')
  await waitFor(() => expect(late).toHaveLength(1))
  await userEvent.type(field, 'e')
  await option(/Le juste/)
  late[0]?.(makeAnswer([makeFoundDocument({ title: passage('Le tardif') })]))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(screen.queryByText('Le tardif')).not.toBeInTheDocument()
  expect(screen.getByText('Le juste')).toBeInTheDocument()
})

test('one question is asked of the words that one pauses on, none of each letter', async () => {
  const { field } = await show()
  await userEvent.type(field, 'crue')
  await option(/Rapport de crue 1998/)
  expect(asked()).toEqual(['crue'])
})

test('names come while one writes, and are not said twice', async () => {
  const nguyen = { ...makeFoundPerson('Linh Nguyen'), passages: [], detail: null }
  server.give({ 'GET /api/v1/search/suggestions': { items: [nguyen, { ...thomas, detail: null }] } })
  const { field } = await show()
  await userEvent.type(field, 'crue')
  await option(/Linh Nguyen/)
  await option(/Rapport de crue 1998/)
  const people = within(screen.getByRole('group', { name: 'Personnes' }))
  expect(people.getAllByRole('option').map((one) => one.querySelector('b')?.textContent)).toEqual([
    'Thomas Nguyen',
    'Linh Nguyen',
  ])
})

test('what was looked for is marked, and a hostile title is a text like any other', async () => {
  const hostile = '<img src=x onerror="alert(1)"> **<b>crue</b>**'
  server.give({ 'GET /api/v1/search': makeAnswer([makeFoundDocument({ title: passage(hostile) })]) })
  const { field } = await show()
  await userEvent.type(field, 'crue')
  const found = await option(/onerror/)
  expect(found).toHaveTextContent('<img src=x onerror="alert(1)"> <b>crue</b>')
  expect(found.querySelector('img')).toBeNull()
  expect(found.querySelector('mark')).toHaveTextContent('<b>crue</b>')
  expect(found.querySelector('mark b')).toBeNull()
})

test('a scope is one stop of the keyboard, and arrows go along it', async () => {
  const { field } = await show()
  await userEvent.type(field, 'crue')
  await option(/Rapport de crue 1998/)
  await userEvent.tab()
  expect(screen.getByRole('radio', { name: 'Tout 3' })).toHaveFocus()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
  expect(screen.getByRole('radio', { name: 'Documents 1' })).toHaveFocus()
  await waitFor(() => expect(server.to('GET /api/v1/search').at(-1)?.search.getAll('kinds')).toEqual(['document']))
  expect(screen.queryByRole('option', { name: /^Thomas/ })).not.toBeInTheDocument()
  await userEvent.keyboard('{ArrowDown}')
  expect(field).toHaveFocus()
})

test('where it was opened may be kept to, and asked in', async () => {
  const here: Here = { kind: 'community', id: makeId(), name: 'Chœur universitaire', mayPost: true }
  const { field, onGo } = await show({ here, within: true })
  await userEvent.type(field, 'crue')
  await option(/Rapport de crue 1998/)
  expect(server.to('GET /api/v1/search').at(-1)?.search.get('place_id')).toBe(here.id)
  await userEvent.click(await option(/Demander « crue » à la communauté Chœur universitaire/))
  expect(onGo).toHaveBeenCalledWith(`/ask/${here.id}/crue`)
  await userEvent.click(screen.getByRole('button', { name: 'Dans Chœur universitaire', pressed: true }))
  await waitFor(() => expect(server.to('GET /api/v1/search').at(-1)?.search.get('place_id')).toBeNull())
})

test('only what the member may do is offered', async () => {
  server.give({ 'GET /api/v1/search': makeAnswer([thomas, makeFoundCommunity(false)]) })
  const { field } = await show()
  await userEvent.type(field, 'crue')
  await option(/Thomas Nguyen/)
  expect(screen.queryByRole('option', { name: /Nouveau message/ })).not.toBeInTheDocument()
  expect(screen.queryByRole('option', { name: /à la communauté Géographie/ })).not.toBeInTheDocument()
  await option(/Demander « crue » à une communauté/)
})

test('a person who is found may be written to', async () => {
  const onWriteTo = vi.fn()
  const { field } = await show({ onWriteTo })
  await userEvent.type(field, 'crue')
  await userEvent.click(await option(/Nouveau message à Thomas Nguyen/))
  expect(onWriteTo).toHaveBeenCalledWith({ id: thomas.id, name: 'Thomas Nguyen' })
})

test('a page that bears the very name goes first', async () => {
  const { field, onGo } = await show()
  await userEvent.type(field, 'ouvrir l’agenda')
  await option(/Rapport de crue 1998/)
  await userEvent.keyboard('{Enter}')
  expect(onGo).toHaveBeenCalledWith('/agenda')
  expect(matching(commands, 'écrire pub').map(({ key }) => key)).toEqual(['post'])
  expect(matching(commands, 'calend').map(({ key }) => key)).toEqual(['agenda'])
  expect(matching(commands, 'e')).toEqual([])
})

test('before anything is written, what one looked for lately may be taken up or forgotten', async () => {
  const kept = {
    id: makeId(),
    q: 'relevés',
    kinds: ['document'],
    place_id: null,
    place: null,
    at: '2026-11-20T10:00:00Z',
  }
  server.give({
    'GET /api/v1/me/searches': { items: [kept] },
    'DELETE /api/v1/me/searches/*': undefined,
    'DELETE /api/v1/me/searches': undefined,
  })
  const { field } = await show()
  await option(/relevésDocuments/)
  await userEvent.keyboard('{Enter}')
  expect(field).toHaveValue('relevés')
  await waitFor(() => expect(server.to('GET /api/v1/search').at(-1)?.search.getAll('kinds')).toEqual(['document']))
  await userEvent.clear(field)
  await option(/relevés/)
  server.give({ 'GET /api/v1/me/searches': { items: [] } })
  await userEvent.keyboard('{Delete}')
  await waitFor(() => expect(screen.queryByRole('option', { name: /relevés/ })).not.toBeInTheDocument())
  expect(server.to('DELETE /api/v1/me/searches/*')[0]?.path).toContain(kept.id)
})

test('when nothing is found it says so, and how to widen', async () => {
  server.give({ 'GET /api/v1/search': makeAnswer([]) })
  const here: Here = { kind: 'community', id: makeId(), name: 'Chœur', mayPost: false }
  const { field } = await show({ here, within: true })
  await userEvent.type(field, 'xyzzy')
  expect(await screen.findByText('Rien ici pour « xyzzy »')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Chercher partout' }))
  expect(await screen.findByText('Rien pour « xyzzy »')).toBeInTheDocument()
  expect(screen.getByText('Aucun résultat')).toHaveAttribute('role', 'status')
})

test('a name that was forgiven and a word that is too common are said', async () => {
  server.give({
    'GET /api/v1/search': makeAnswer([thomas], {
      corrected: 'Nguyen',
      is_limited: true,
      counts: [{ kind: 'person', count: 5000, is_limited: true }],
    }),
  })
  const { field } = await show()
  await userEvent.type(field, 'Nguien')
  expect(await screen.findByText(/Résultats pour « Nguyen »/)).toBeInTheDocument()
  expect(screen.getByText(/seuls les 5 000 résultats les plus récents/)).toBeInTheDocument()
  expect(screen.getByRole('radio', { name: /Personnes 5\s000\+/ })).toBeInTheDocument()
})

test('an error is said, and the question may be asked again', async () => {
  server.give({ 'GET /api/v1/search': problem(429, 'rate_limited', 'Trop de recherches à la fois') })
  const { field } = await show()
  await userEvent.type(field, 'crue')
  expect(await screen.findByText('Trop de recherches à la fois')).toBeInTheDocument()
  server.give({ 'GET /api/v1/search': makeAnswer([report]) })
  await userEvent.click(screen.getByRole('button', { name: 'Réessayer' }))
  await option(/Rapport de crue 1998/)
})

test('without a network it says so, and keeps what is written', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  server.give({ 'GET /api/v1/search': () => new Promise<never>(() => {}) })
  const { field } = await show()
  await userEvent.type(field, 'crue')
  expect(await screen.findByText('Hors connexion')).toBeInTheDocument()
  expect(field).toHaveValue('crue')
})

test('on a wide screen more is shown of what is looked at', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('56.25em'),
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
  const near = { kind: 'document' as const, id: makeId(), title: 'Zonage réglementaire 2025' }
  server.give({
    'GET /api/v1/search/preview/*/*': makePreview(report, {
      passages: [passage('Le 14 février, la **crue** atteint 183,90 m')],
      facts: [
        { key: 'author', value: 'Thomas Nguyen' },
        { key: 'size', value: '3100000' },
      ],
      nearby: [near],
    }),
  })
  const { field, onGo } = await show()
  await userEvent.type(field, 'crue')
  const preview = within(await screen.findByRole('region', { name: 'Aperçu' }))
  expect(await preview.findByText('Déposé par')).toBeInTheDocument()
  expect(preview.getByText('crue', { selector: 'mark' })).toBeInTheDocument()
  expect(preview.getByText('3,1 Mo')).toBeInTheDocument()
  await userEvent.click(preview.getByRole('link', { name: 'Zonage réglementaire 2025' }))
  expect(onGo).toHaveBeenCalledWith(`/documents/${near.id}`)
})

test('where there is little room, a passage begins near what was looked for', () => {
  const long = passage('Géographe des rivières habitées, et de leurs **crues** depuis vingt ans')
  expect(textOf(beginningNear(long, 18))).toBe('…et de leurs crues depuis vingt ans')
  expect(beginningNear(long, 60)).toEqual(long)
  expect(textOf(beginningNear(passage('Rien de marqué'), 40))).toBe('Rien de marqué')
})

test('each thing found has its very place', () => {
  const comment = makeFoundComment('p1')
  const [message, reply] = [makeFoundMessage(42), makeFoundMessage(3, 17)]
  expect(addressOf(comment, to)).toBe(`/posts/p1/comments/${comment.id}`)
  expect(addressOf(message, to)).toBe(`/messages/${message.target.conversation_id}?m=42`)
  expect(addressOf(reply, to)).toBe(`/messages/${reply.target.conversation_id}?fil=17`)
  expect(addressOf({ ...report, kind: 'page' }, to)).toBe(`/documents/${report.id}`)
})
