import type { Editor } from '@tiptap/core'
import { type RefObject, useEffect } from 'react'
import { arranged } from './arrange'
import { wordsOf } from './highlights'

/** Puts each card of a list beside its words, while there is room; `shown`: what is in it, as something that changes. */
export function useBeside(editor: Editor, list: RefObject<HTMLElement | null>, isBeside: boolean, shown: string) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other cards stand otherwise.
  useEffect(() => {
    const place = list.current
    if (!place) return
    if (!isBeside) return clear(place)
    let frame = 0
    const put = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => arrange(editor, place))
    }
    put()
    const seen = new ResizeObserver(put)
    for (const card of [place, ...place.children]) seen.observe(card)
    editor.on('transaction', put)
    return () => {
      cancelAnimationFrame(frame)
      seen.disconnect()
      editor.off('transaction', put)
    }
  }, [editor, list, isBeside, shown])
}

function arrange(editor: Editor, place: HTMLElement) {
  const top = place.getBoundingClientRect().top
  const items = [...place.children] as HTMLElement[]
  const cards = items.map((item) => {
    const words = wordsOf(editor, idOf(item))
    return {
      id: idOf(item),
      wanted: words ? Math.max(0, words.getBoundingClientRect().top - top) : undefined,
      height: item.offsetHeight,
    }
  })
  const active = items.find((item) => item.querySelector('[data-active]'))
  const tops = arranged(cards, active && idOf(active))
  let bottom = 0
  for (const item of items) {
    const own = tops.get(idOf(item)) ?? 0
    item.style.top = `${own}px`
    bottom = Math.max(bottom, own + item.offsetHeight)
  }
  place.style.minHeight = `${bottom}px`
}

function clear(place: HTMLElement) {
  place.style.minHeight = ''
  for (const item of place.children) (item as HTMLElement).style.top = ''
}

const idOf = (item: HTMLElement) => item.dataset.place ?? ''
