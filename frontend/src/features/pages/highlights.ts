import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type Anchor, type Range, rangeOf } from './anchors'

/** Words that somebody commented, or is about to. */
export interface Commented extends Anchor {
  id: string
}

interface Held {
  commented: readonly Commented[]
  active: string | undefined
  ranges: ReadonlyMap<string, Range>
  shown: DecorationSet
}

const KEY = new PluginKey<Held>('commented')
const NOTHING: Held = { commented: [], active: undefined, ranges: new Map(), shown: DecorationSet.empty }

/** Words that are commented are marked, and follow the text. The page itself has nothing of it. */
export const Highlights = Extension.create<{ onChoose: (id: string) => void }>({
  name: 'highlights',
  addOptions: () => ({ onChoose: () => {} }),
  addProseMirrorPlugins() {
    const { onChoose } = this.options
    return [
      new Plugin<Held>({
        key: KEY,
        state: {
          init: () => NOTHING,
          apply: (transaction, held, _, state) => {
            const given = transaction.getMeta(KEY) as Pick<Held, 'commented' | 'active'> | undefined
            if (given) return drawn(state, given)
            // What comes from afar is drawn anew as a whole; what is typed here is not in the document of Yjs yet.
            if (transaction.getMeta(ySyncPluginKey)?.isChangeOrigin) return drawn(state, held)
            return transaction.docChanged ? moved(held, transaction) : held
          },
        },
        props: {
          decorations: (state) => KEY.getState(state)?.shown,
          handleClick: (view, position) => {
            const id = commentedAt(view.state, position)
            if (id !== undefined) onChoose(id)
            return false
          },
        },
      }),
    ]
  },
})

function drawn(state: EditorState, { commented, active }: Pick<Held, 'commented' | 'active'>): Held {
  const ranges = new Map<string, Range>()
  for (const one of commented) {
    const range = rangeOf(state, one)
    if (range) ranges.set(one.id, range)
  }
  const marks = [...ranges].map(([id, { from, to }]) =>
    Decoration.inline(from, to, {
      class: 'commented',
      'data-thread': id,
      ...(id === active && { 'data-active': '' }),
    }),
  )
  return { commented, active, ranges, shown: DecorationSet.create(state.doc, marks) }
}

function moved(held: Held, { mapping, doc }: Transaction): Held {
  const ranges = new Map<string, Range>()
  for (const [id, { from, to }] of held.ranges) {
    const range = { from: mapping.map(from, 1), to: mapping.map(to, -1) }
    if (range.from < range.to) ranges.set(id, range)
  }
  return { ...held, ranges, shown: held.shown.map(mapping, doc) }
}

export function showCommented(editor: Editor, commented: readonly Commented[], active: string | undefined) {
  editor.view.dispatch(editor.state.tr.setMeta(KEY, { commented, active }).setMeta('addToHistory', false))
}

/** Where the words of each are now: what is not in it is gone from the text. */
export const rangesOf = (state: EditorState): ReadonlyMap<string, Range> => KEY.getState(state)?.ranges ?? new Map()

/** The shortest of those that stand here: of one within another, the inner. */
export function commentedAt(state: EditorState, position: number): string | undefined {
  const here = [...rangesOf(state)].filter(([, { from, to }]) => from <= position && position <= to)
  here.sort(([, one], [, other]) => one.to - one.from - (other.to - other.from))
  return here[0]?.[0]
}

export const wordsOf = (editor: Editor, id: string): Element | null =>
  editor.view.dom.querySelector(`[data-thread="${CSS.escape(id)}"]`)
