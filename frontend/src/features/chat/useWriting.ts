import { useEffect, useRef, useState } from 'react'
import { type NamedPeople, toMarkdown, toWriting } from '@/entities/mention/mentions'
import { forgetWriting, keepWriting, readWriting } from '@/lib/writing'
import { saveDraft } from './mutations'
import type { Flow } from './queries'

export interface Writing {
  text: string
  people: NamedPeople
  write: (text: string, people: NamedPeople) => void
  markdown: () => string
  clear: () => void
}

const SAVED_AFTER = 1_000

/** What is being written in a flow: kept in this browser with each letter, and by the server for the other devices. */
export function useWriting({ conversationId, rootId }: Flow, draft: string | null): Writing {
  const key = `chat.${conversationId}${rootId ? `.${rootId}` : ''}`
  const [written, setWritten] = useState(() => toWriting(readWriting<string>(key) ?? draft ?? ''))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const unsaved = useRef<string>(undefined)
  const save = () => {
    clearTimeout(timer.current)
    if (unsaved.current === undefined || rootId !== null) return
    void saveDraft(conversationId, unsaved.current).catch(() => {}) // This browser has it.
    unsaved.current = undefined
  }
  const leave = useRef(save)
  leave.current = save
  useEffect(() => () => leave.current(), [])
  const keep = (text: string, people: NamedPeople) => {
    const markdown = toMarkdown(text, people)
    setWritten({ text, people })
    if (text === '') forgetWriting(key)
    else keepWriting(key, markdown)
    unsaved.current = markdown
    clearTimeout(timer.current)
    timer.current = setTimeout(save, SAVED_AFTER)
  }
  return {
    ...written,
    write: keep,
    markdown: () => toMarkdown(written.text, written.people),
    clear: () => keep('', {}),
  }
}
