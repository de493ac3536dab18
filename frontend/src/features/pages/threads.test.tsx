import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Editor } from '@tiptap/core'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { makeMember, makeSession } from '@/testing/make'
import { makePersonRef } from '@/testing/makeCommunity'
import { renderWithProviders } from '@/testing/render'
import { serve } from '@/testing/server'
import { anchorOf, quoteOf, rangeOf, wanted } from './anchors'
import { arranged } from './arrange'
import { Threads } from './components/Threads'
import { extensionsOf } from './extensions'
import { rangesOf, showCommented } from './highlights'
import { mayWriteIn, refuseWriting } from './readersCaret'
import { newsIn, type Thread } from './threads'
import { useDiscussion } from './useDiscussion'

const server = serve({ 'GET /api/v1/session': makeSession() })

const leave: (() => void)[] = []
afterEach(() => {
  for (const go of leave.splice(0)) go()
})

/** It is gone after the test, and its focus with it: other files have the same page. */
function editorOf(document: Y.Doc, element = window.document.createElement('div')) {
  window.document.body.append(element)
  const editor = new Editor({
    element,
    injectCSS: false,
    extensions: extensionsOf({
      document,
      awareness: new Awareness(document),
      nameOf: () => '',
      documentAddress: String,
      onAssign: () => {},
      onCommented: () => {},
      words: () => ({ done: '', toDo: '', nobody: '', assign: String, facts: () => '' }),
    }),
  })
  leave.push(() => {
    editor.destroy()
    element.remove()
  })
  return editor
}

/** Two who write one page, each with an editor. */
function two() {
  const [here, afar] = [new Y.Doc(), new Y.Doc()]
  here.on('update', (update: Uint8Array, origin) => origin !== 'afar' && Y.applyUpdate(afar, update, 'afar'))
  afar.on('update', (update: Uint8Array, origin) => origin !== 'afar' && Y.applyUpdate(here, update, 'afar'))
  const [mine, theirs] = [editorOf(here), editorOf(afar)]
  mine.commands.setContent('<p>R2 est sur l’ancienne digue, côté aval.</p><p>R3 longe la frayère.</p>')
  return { mine, theirs }
}

const said = (editor: Editor, id: string) => {
  const range = rangesOf(editor.state).get(id)
  return range && quoteOf(editor.state, range)
}
const at = (editor: Editor, words: string) => {
  const from = 1 + editor.state.doc.textBetween(0, editor.state.doc.content.size, '\n\n').indexOf(words)
  return { from, to: from + words.length }
}
const WORDS = 'l’ancienne digue'

test('words that are commented stay the same while others write around and in them', () => {
  const { mine, theirs } = two()
  const anchor = anchorOf(mine.state, at(mine, WORDS))
  if (!anchor) throw new Error('no anchor')
  for (const editor of [mine, theirs]) showCommented(editor, [{ id: 't', ...anchor }], 't')
  expect([said(mine, 't'), said(theirs, 't')]).toEqual([WORDS, WORDS])
  theirs.commands.insertContentAt(1, 'Attention : ')
  theirs.commands.insertContentAt(at(theirs, WORDS).to, ' (fermée)')
  mine.commands.insertContentAt(at(mine, WORDS).from, 'ici, ')
  expect([said(mine, 't'), said(theirs, 't')]).toEqual([WORDS, WORDS])
  mine.commands.insertContentAt(at(mine, 'digue').from, 'très vieille ')
  expect([said(mine, 't'), said(theirs, 't')]).toEqual([
    'l’ancienne très vieille digue',
    'l’ancienne très vieille digue',
  ])
  expect(theirs.view.dom.querySelector('[data-thread="t"]')).toHaveTextContent('l’ancienne très vieille digue')
  theirs.commands.deleteRange(at(theirs, 'l’ancienne très vieille digue'))
  expect([said(mine, 't'), said(theirs, 't')]).toEqual([undefined, undefined])
  expect(rangeOf(mine.state, { start: 'AAEBAA==', end: '????' })).toBeUndefined()
})

test('who may comment goes through the text by keyboard, and nothing he types changes it', () => {
  const { mine, theirs } = two()
  refuseWriting(mine, true)
  expect([mayWriteIn(mine), mayWriteIn(theirs)]).toEqual([false, true])
  const before = mine.getText()
  mine.commands.insertContentAt(1, 'Je peux ?')
  mine.commands.deleteRange(at(mine, WORDS))
  expect(mine.getText()).toBe(before)
  const typed = new InputEvent('beforeinput', { bubbles: true, cancelable: true, inputType: 'insertText', data: 'x' })
  mine.view.dom.dispatchEvent(typed)
  expect(typed.defaultPrevented).toBe(true)
  for (const key of ['Tab', 'ArrowRight', 'Enter']) {
    const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    mine.view.dom.dispatchEvent(pressed)
    expect(pressed.defaultPrevented).toBe(false)
  }
  theirs.commands.insertContentAt(1, 'Attention : ')
  expect(mine.getText()).toBe(`Attention : ${before}`)
  mine.commands.setTextSelection(at(mine, WORDS))
  const range = wanted(mine.state)
  expect(range && quoteOf(mine.state, range)).toBe(WORDS)
  refuseWriting(mine, false)
  mine.commands.insertContentAt(1, 'Oui. ')
  expect(theirs.getText()).toBe(`Oui. Attention : ${before}`)
})

test('without a choice all of the paragraph is commented', () => {
  const { mine } = two()
  mine.commands.setTextSelection(at(mine, 'frayère').from)
  const range = wanted(mine.state)
  expect(range && quoteOf(mine.state, range)).toBe('R3 longe la frayère.')
  mine.commands.setContent('<p></p>')
  expect(wanted(mine.state)).toBeUndefined()
})

test('cards stand beside their words, the active one always, and none over another', () => {
  const cards = [
    { id: 'b', wanted: 130, height: 100 },
    { id: 'gone', wanted: undefined, height: 50 },
    { id: 'a', wanted: 100, height: 100 },
  ]
  expect([...arranged(cards, undefined)]).toEqual([
    ['a', 100],
    ['b', 212],
    ['gone', 324],
  ])
  expect([...arranged(cards, 'b')]).toEqual([
    ['a', 18],
    ['b', 130],
    ['gone', 242],
  ])
  const top = [
    { id: 'a', wanted: 0, height: 100 },
    { id: 'b', wanted: 20, height: 100 },
  ]
  expect([...arranged(top, 'b')]).toEqual([
    ['a', 0],
    ['b', 112],
  ])
})

const nadia = makePersonRef({ name: 'Nadia Cherkaoui' })
const comment = (id: string, more: Partial<Thread['opening']> = {}): Thread['opening'] => ({
  id,
  thread_id: 't1',
  parent_id: null,
  gone: false,
  hidden: false,
  author: nadia,
  body: 'On garde R2 ?',
  html: '<p>On garde R2 ?</p>',
  reactions: [{ kind: 'thanks', count: 2, mine: true }],
  documents: [],
  accepted: false,
  created_at: '2026-11-26T08:00:00Z',
  edited_at: null,
  version: 1,
  abilities: ['reply', 'react', 'report'],
  reply_count: 0,
  replies: [],
  ...more,
})
const thread = (more: Partial<Thread> = {}): Thread => ({
  id: 't1',
  start: 'AAEBAA==',
  end: 'AAECAA==',
  quote: WORDS,
  opening: comment('c1'),
  opened_at: '2026-11-26T08:00:00Z',
  resolved_at: null,
  resolved_by: null,
  version: 2,
  abilities: ['answer', 'resolve'],
  ...more,
})

test('what others said is news, once, and what one said oneself is none', () => {
  const first = newsIn(undefined, [thread()], 'me')
  expect(first.last).toBeUndefined()
  const answered = thread({ opening: comment('c1', { replies: [comment('c2')] }) })
  expect(newsIn(first.ids, [answered], 'me').last?.id).toBe('c2')
  expect(newsIn(first.ids, [answered], nadia.id).last).toBeUndefined()
  expect(newsIn(newsIn(first.ids, [answered], 'me').ids, [answered], 'me').last).toBeUndefined()
})

const URL = 'GET /api/v1/pages/p1/threads'
function Shown({ editor, mayComment = true }: { editor: Editor; mayComment?: boolean }) {
  const discussion = useDiscussion(undefined)
  return (
    <>
      <button type="button" onClick={() => discussion.begin(editor)}>
        Ici
      </button>
      <Threads
        editor={editor}
        pageId="p1"
        memberId={makeMember().id}
        discussion={discussion}
        mayComment={mayComment}
        isPrivate={false}
        isBeside
      />
    </>
  )
}

test('a thread is answered and resolved; one whose words are gone says so', async () => {
  const { mine } = two()
  server.give({
    [URL]: ({ search }: { search: URLSearchParams }) => ({
      items:
        search.get('state') === 'open'
          ? [thread()]
          : [thread({ resolved_at: '2026-11-26T09:00:00Z', abilities: ['reopen'] })],
      next: null,
    }),
    'POST /api/v1/pages/p1/threads/t1/comments': comment('c2'),
    'PUT /api/v1/pages/p1/threads/t1/resolution': thread(),
  })
  await renderWithProviders(<Shown editor={mine} />)
  const card = await screen.findByRole('article', { name: 'Commentaire de Nadia Cherkaoui' })
  expect(screen.getByRole('heading', { name: '1 commentaire ouvert' })).toBeInTheDocument()
  expect(within(card).getByText('Le texte commenté a été supprimé')).toBeInTheDocument()
  expect(within(card).getByText('Merci 2')).toBeInTheDocument()
  await userEvent.click(within(card).getByRole('button', { name: 'Répondre' }))
  await userEvent.type(within(card).getByRole('textbox', { name: 'Votre réponse à Nadia Cherkaoui' }), 'Oui.')
  await userEvent.click(within(card).getByRole('button', { name: 'Envoyer' }))
  await waitFor(() => expect(within(card).queryByRole('textbox')).not.toBeInTheDocument())
  expect(server.to('POST /api/v1/pages/p1/threads/t1/comments')[0]?.body).toEqual({ body: 'Oui.' })
  await userEvent.click(within(card).getByRole('button', { name: 'Résoudre' }))
  await waitFor(() => expect(server.to('PUT /api/v1/pages/p1/threads/t1/resolution')).toHaveLength(1))
  await userEvent.click(screen.getByRole('button', { name: 'Voir les résolus' }))
  expect(await screen.findByRole('heading', { name: '1 commentaire résolu' })).toBeInTheDocument()
  expect(await screen.findByRole('button', { name: 'Rouvrir' })).toBeInTheDocument()
  expect(screen.getByText('Le texte commenté a été supprimé')).toBeInTheDocument()
})

test('what is resolved says that its words are gone only once they are', async () => {
  const { mine, theirs } = two()
  const anchor = anchorOf(mine.state, at(mine, WORDS))
  const resolved = thread({ ...anchor, resolved_at: '2026-11-26T09:00:00Z', abilities: ['reopen'] })
  server.give({
    [URL]: ({ search }: { search: URLSearchParams }) => ({
      items: search.get('state') === 'open' ? [] : [resolved],
      next: null,
    }),
  })
  await renderWithProviders(<Shown editor={mine} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Voir les résolus' }))
  expect(await screen.findByRole('button', { name: 'Rouvrir' })).toBeInTheDocument()
  expect(screen.queryByText('Le texte commenté a été supprimé')).not.toBeInTheDocument()
  act(() => void theirs.commands.deleteRange(at(theirs, WORDS)))
  expect(await screen.findByText('Le texte commenté a été supprimé')).toBeInTheDocument()
})

test('what is chosen is commented, with its words and their place', async () => {
  const { mine } = two()
  server.give({ [URL]: { items: [], next: null }, 'POST /api/v1/pages/p1/threads': thread() })
  await renderWithProviders(<Shown editor={mine} />)
  expect(
    await screen.findByText('Choisissez des mots dans la page, puis « Commenter » ou Ctrl Alt M.'),
  ).toBeInTheDocument()
  mine.commands.setTextSelection(at(mine, WORDS))
  await userEvent.click(screen.getByRole('button', { name: 'Ici' }))
  const box = await screen.findByRole('textbox', { name: 'Votre commentaire' })
  expect(mine.view.dom.querySelector('[data-thread="draft"]')).toHaveTextContent(WORDS)
  await userEvent.type(box, 'On garde R2 ?')
  await userEvent.click(screen.getByRole('button', { name: 'Commenter' }))
  await waitFor(() => expect(server.to('POST /api/v1/pages/p1/threads')).toHaveLength(1))
  const [sent] = server.to('POST /api/v1/pages/p1/threads')
  const { start = '', end = '', ...said } = (sent?.body ?? {}) as Record<string, string>
  expect(said).toEqual({ quote: WORDS, body: 'On garde R2 ?' })
  expect(rangeOf(mine.state, { start, end })).toEqual(at(mine, WORDS))
})
