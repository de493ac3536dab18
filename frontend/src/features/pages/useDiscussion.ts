import type { Editor } from '@tiptap/core'
import { useCallback, useState } from 'react'
import { type Anchor, anchorOf, quoteOf, wanted } from './anchors'

export interface Draft extends Anchor {
  quote: string
}

/** What one is about to say of a page, and which thread one looks at. */
export interface Discussion {
  draft: Draft | undefined
  active: string | undefined
  /** Where there is no room beside the text: the threads are over it. */
  listed: boolean
  choose: (id: string | undefined) => void
  list: (listed: boolean) => void
  /** Comments what is chosen. */
  begin: (editor: Editor) => void
  end: (id?: string) => void
}

export const DRAFT = 'draft'

/** `pointed`: the thread that the address names. */
export function useDiscussion(pointed: string | undefined): Discussion {
  const [draft, setDraft] = useState<Draft>()
  const [active, setActive] = useState(pointed)
  const [listed, setListed] = useState(pointed !== undefined)
  const choose = useCallback((id: string | undefined) => {
    setActive(id)
    if (id !== undefined) setListed(true)
  }, [])
  const begin = useCallback((editor: Editor) => {
    const range = wanted(editor.state)
    const anchor = range && anchorOf(editor.state, range)
    if (!range || !anchor) return
    setDraft({ ...anchor, quote: quoteOf(editor.state, range) })
    setActive(DRAFT)
    setListed(true)
  }, [])
  const end = useCallback((id?: string) => {
    setDraft(undefined)
    setActive(id)
  }, [])
  return { draft, active, listed, choose, list: setListed, begin, end }
}
