import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { useEffect, useEffectEvent, useId, useState } from 'react'
import { nameBefore } from '@/entities/mention/mentions'
import { Offered } from '@/entities/mention/Offered'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { peopleQuery } from '../queries'
import type { Person } from '../types'
import { useOf } from '../useEditor'
import styles from './page.module.css'

/** `@` and the beginning of a name offer people; the keyboard stays in the text. */
export function Naming({ editor }: { editor: Editor }) {
  const t = useText(texts)
  const listId = useId()
  const begun = useOf(editor, nameBegun)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState<string>()
  const asked = begun && begun.words.length > 1 && begun.words !== closed ? begun : undefined
  const found = useQuery({ ...peopleQuery(asked?.words ?? ''), enabled: asked !== undefined }).data
  const people = asked ? (found ?? []) : []
  const choose = ({ id, name }: Person) => {
    if (!asked) return
    const mention = { type: 'mention', attrs: { id, label: name } }
    editor
      .chain()
      .focus()
      .insertContentAt({ from: asked.from, to: asked.to }, [mention, { type: 'text', text: ' ' }])
      .run()
  }
  const press = useEffectEvent((event: KeyboardEvent) => {
    const person = people[Math.min(at, people.length - 1)]
    if (!person) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setAt((at + (event.key === 'ArrowDown' ? 1 : -1) + people.length) % people.length)
    else if (event.key === 'Enter' || event.key === 'Tab') choose(person)
    else if (event.key === 'Escape') setClosed(asked?.words)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  // Before the editor hears the key.
  useEffect(() => {
    const { dom } = editor.view
    dom.addEventListener('keydown', press, { capture: true })
    return () => dom.removeEventListener('keydown', press, { capture: true })
  }, [editor])
  const isOpen = people.length > 0
  useEffect(() => {
    const { dom } = editor.view
    if (!isOpen) return
    dom.setAttribute('aria-controls', listId)
    dom.setAttribute('aria-activedescendant', `${listId}-${at}`)
    return () => {
      dom.removeAttribute('aria-controls')
      dom.removeAttribute('aria-activedescendant')
    }
  }, [editor, isOpen, at, listId])
  if (!asked || !isOpen) return null
  const { left, bottom } = editor.view.coordsAtPos(asked.from)
  return (
    <div className={styles.naming} style={{ left: Math.min(left, innerWidth - 300), top: bottom }}>
      <Offered label={t('peopleFound')} listId={listId} people={people} at={at} onChoose={choose} />
    </div>
  )
}

function nameBegun(editor: Editor) {
  const { $from, empty } = editor.state.selection
  if (!empty || !editor.isFocused || !$from.parent.isTextblock) return null
  const words = nameBefore($from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc'))
  return words === undefined ? null : { words, from: $from.pos - words.length - 1, to: $from.pos }
}
