import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

const KEY = new PluginKey<boolean>('readersCaret')

/**
 * A caret for who may comment and not write: the text is gone through and chosen by keyboard, as in any field that is only
 * read, and nothing that is typed, pasted or dropped changes it. What others write comes through.
 */
export const ReadersCaret = Extension.create({
  name: 'readersCaret',
  priority: 1_000,
  addProseMirrorPlugins() {
    return [
      new Plugin<boolean>({
        key: KEY,
        state: {
          init: () => false,
          apply: (transaction, refuses) => (transaction.getMeta(KEY) as boolean | undefined) ?? refuses,
        },
        filterTransaction: (transaction, state) =>
          !KEY.getState(state) || !transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined,
        props: {
          handleDOMEvents: {
            // Keys are the browser's: its caret moves, and the tab key leaves.
            keydown: (view) => KEY.getState(view.state) === true,
            keypress: (view) => KEY.getState(view.state) === true,
            beforeinput: (view, event) => {
              if (!KEY.getState(view.state)) return false
              event.preventDefault()
              return true
            },
            click: (view, event) => {
              if (!KEY.getState(view.state) || !view.state.selection.empty) return false
              const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]')
              if (!link?.isContentEditable) return false
              window.open(link.href, '_blank', 'noopener')
              return true
            },
          },
          handlePaste: (view) => KEY.getState(view.state) === true,
          handleDrop: (view) => KEY.getState(view.state) === true,
        },
      }),
    ]
  },
})

/** From now on what is written here is refused, or no longer. */
export function refuseWriting(editor: Editor, refuses: boolean) {
  if (KEY.getState(editor.state) !== refuses) editor.view.dispatch(editor.state.tr.setMeta(KEY, refuses))
}

/** Whether what is done in it changes the page. */
export const mayWriteIn = (editor: Editor) => editor.isEditable && KEY.getState(editor.state) !== true
