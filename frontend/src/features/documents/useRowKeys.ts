import { type KeyboardEvent, useRef, useState } from 'react'
import type { ListProps } from './components/listProps'
import { documentAsThing } from './mutations'
import { allMay } from './types'

interface RowKeys extends Pick<ListProps, 'documents' | 'selection' | 'acting' | 'onOpen' | 'onLook'> {
  /** A row that is not drawn comes to the screen. */
  onScrollTo: (index: number) => void
}

/** The keyboard of a list: one row has the focus, and arrows take it to another. */
export function useRowKeys({ documents, selection, acting, onOpen, onLook, onScrollTo }: RowKeys) {
  const [at, setActive] = useState<number>()
  const body = useRef<HTMLDivElement>(null)
  const active = at !== undefined && at < documents.length ? at : documents.length > 0 ? 0 : undefined

  const goTo = (index: number) => {
    const next = Math.max(0, Math.min(documents.length - 1, index))
    setActive(next)
    onScrollTo(next)
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus())
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const document = active === undefined ? undefined : documents[active]
    if (document === undefined || active === undefined || isOfControl(event)) return
    const chosen = selection.chosen.length > 0 ? selection.chosen : [document]
    const acts: Record<string, () => void> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      Home: () => goTo(0),
      End: () => goTo(documents.length - 1),
      Enter: () => onOpen(document.id),
      ' ': () => selection.toggle(document.id),
      Escape: () => (selection.ids.size > 0 ? selection.clear() : onLook(undefined)),
      Delete: () => {
        const things = chosen.map(documentAsThing)
        if (allMay(things, 'trash')) acting.trash(things)
      },
      F2: () => document.abilities.includes('rename') && acting.ask('rename', [documentAsThing(document)]),
    }
    const act = event.key === 'a' && (event.ctrlKey || event.metaKey) ? selection.all : acts[event.key]
    if (act === undefined || event.altKey) return
    event.preventDefault()
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      const next = documents[event.key === 'ArrowDown' ? active + 1 : active - 1]
      if (!selection.ids.has(document.id)) selection.toggle(document.id)
      if (next) selection.extend(next.id)
    }
    act()
  }
  return { active, setActive, body, press }
}

const OWN = new Set(['row', 'gridcell', 'rowheader'])

/** What stands in a row has keys of its own. */
const isOfControl = ({ target, key }: KeyboardEvent<HTMLElement>) =>
  target instanceof HTMLElement &&
  !OWN.has(target.getAttribute('role') ?? '') &&
  !(key.startsWith('Arrow') || key === 'Home' || key === 'End' || key === 'Delete')
