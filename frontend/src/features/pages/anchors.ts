import type { EditorState } from '@tiptap/pm/state'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex,
  decodeRelativePosition,
  encodeRelativePosition,
  type RelativePosition,
} from 'yjs'

/** Words of a page, by places that move with them, in base64. */
export interface Anchor {
  start: string
  end: string
}

export interface Range {
  from: number
  to: number
}

export const LONGEST_QUOTE = 1_000

/** What is chosen, as the server keeps it: its beginning sticks to the letter after it, its end to the one before. */
export function anchorOf(state: EditorState, { from, to }: Range): Anchor | undefined {
  const sync = ySyncPluginKey.getState(state)
  if (!sync?.binding) return undefined
  const { type, doc, binding } = sync
  const begins = absolutePositionToRelativePosition(from, type, binding.mapping)
  const place = createAbsolutePositionFromRelativePosition(begins, doc)
  const start = place ? createRelativePositionFromTypeIndex(place.type, place.index, 0) : begins
  return { start: written(start), end: written(absolutePositionToRelativePosition(to, type, binding.mapping)) }
}

/** Where these words are now; nothing when they are there no more. */
export function rangeOf(state: EditorState, { start, end }: Anchor): Range | undefined {
  const sync = ySyncPluginKey.getState(state)
  if (!sync?.binding) return undefined
  const at = (place: string) =>
    relativePositionToAbsolutePosition(sync.doc, sync.type, read(place), sync.binding.mapping)
  try {
    const [from, to] = [at(start), at(end)]
    if (from === null || to === null || from >= to || to > state.doc.content.size) return undefined
    return state.doc.textBetween(from, to, ' ', '\ufffc').trim() === '' ? undefined : { from, to }
  } catch {
    return undefined // Of a document that this is not: a place that another client wrote wrongly.
  }
}

/** What is commented: what is chosen, or all of the paragraph in which the caret stands. */
export function wanted(state: EditorState): Range | undefined {
  const { from, to, $from, empty } = state.selection
  const range = empty ? { from: $from.start(), to: $from.end() } : { from, to }
  return quoteOf(state, range) === '' ? undefined : range
}

export const quoteOf = (state: EditorState, { from, to }: Range) =>
  state.doc
    .textBetween(from, to, ' ', (leaf) => String(leaf.attrs.label ?? leaf.attrs.name ?? leaf.attrs.alt ?? ' '))
    .trim()
    .slice(0, LONGEST_QUOTE)

const written = (place: RelativePosition) => btoa(String.fromCharCode(...encodeRelativePosition(place)))
const read = (place: string) => decodeRelativePosition(Uint8Array.from(atob(place), (letter) => letter.charCodeAt(0)))
