import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'

/** What the server says of where somebody is. */
export interface Pointed {
  member_id: string
  color: number
  cursor: { anchor: object; head: object } | null
}

export const FLAG_FOR = 3_000

interface CaretsOptions {
  awareness: Awareness | null
  nameOf: (memberId: string) => string
}

/** Where others write: a caret with a flag that is shown for a while after each key, then on hover. Never announced. */
export const Carets = Extension.create<CaretsOptions>({
  name: 'carets',
  addOptions: () => ({ awareness: null, nameOf: () => '' }),
  addProseMirrorPlugins() {
    const { awareness, nameOf } = this.options
    if (awareness === null) return []
    const of = (clientId: number) => awareness.getStates().get(clientId) as Partial<Pointed> | undefined
    return [
      yCursorPlugin(awareness, {
        cursorBuilder: (_: unknown, clientId: number) => caretOf(clientId, of(clientId), nameOf),
        selectionBuilder: (_: unknown, clientId: number) => ({
          class: 'selected-by-other',
          'data-colour': String(of(clientId)?.color ?? 0),
        }),
      }),
    ]
  },
  onCreate() {
    const root = this.editor.view.dom
    const timers = new Map<number, ReturnType<typeof setTimeout>>()
    const show = (clientId: number, fresh: boolean) => {
      for (const caret of root.querySelectorAll(`[data-client="${clientId}"]`))
        caret.toggleAttribute('data-fresh', fresh)
    }
    const flag = (clientId: number) => {
      clearTimeout(timers.get(clientId))
      queueMicrotask(() => show(clientId, true)) // Drawn with the next transaction.
      timers.set(
        clientId,
        setTimeout(() => show(clientId, false), FLAG_FOR),
      )
    }
    const moved = ({ added, updated }: { added: number[]; updated: number[] }) => {
      for (const clientId of [...added, ...updated]) flag(clientId)
    }
    this.options.awareness?.on('change', moved)
    this.editor.on('destroy', () => this.options.awareness?.off('change', moved))
  },
})

function caretOf(clientId: number, pointed: Partial<Pointed> | undefined, nameOf: (id: string) => string) {
  const caret = document.createElement('span')
  const flag = document.createElement('span')
  caret.className = 'caret-of-other'
  caret.dataset.client = String(clientId)
  caret.dataset.colour = String(pointed?.color ?? 0)
  caret.dataset.fresh = ''
  caret.setAttribute('aria-hidden', 'true')
  flag.textContent = nameOf(pointed?.member_id ?? '')
  caret.append(flag)
  return caret
}
