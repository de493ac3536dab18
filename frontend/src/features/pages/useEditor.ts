import { Editor, type EditorOptions } from '@tiptap/core'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'

/** An editor on an element, for as long as it is shown. */
export function useEditor(options: () => Partial<EditorOptions>) {
  const place = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor>()
  const make = useRef(options)
  useEffect(() => {
    const made = new Editor({ ...make.current(), element: place.current, injectCSS: false })
    setEditor(made)
    return () => {
      setEditor(undefined)
      made.destroy()
    }
  }, [])
  return { place, editor }
}

/** What is read of an editor's state, drawn anew when it is another. */
export function useOf<Value>(editor: Editor, read: (editor: Editor) => Value): Value {
  const held = useRef<{ text: string | undefined; value: Value }>(undefined)
  return useSyncExternalStore(
    (listener) => {
      editor.on('transaction', listener)
      editor.on('focus', listener)
      editor.on('blur', listener)
      return () => {
        editor.off('transaction', listener)
        editor.off('focus', listener)
        editor.off('blur', listener)
      }
    },
    () => {
      const value = read(editor)
      const text = JSON.stringify(value)
      if (!held.current || held.current.text !== text) held.current = { text, value }
      return held.current.value
    },
  )
}
