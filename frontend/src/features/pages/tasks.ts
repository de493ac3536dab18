import { TaskItem } from '@tiptap/extension-list'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { mayWriteIn } from './readersCaret'

export interface TaskWords {
  done: string
  toDo: string
  assign: (task: string) => string
  nobody: string
  /** « Inès, 30 nov. » */
  facts: (assignee: string | null, due: string | null) => string
}

interface TasksOptions {
  words: () => TaskWords
  /** The task at this place is to be given to somebody, or a date. */
  onAssign: (position: number, button: HTMLElement) => void
}

/** A line to tick off, of somebody and for a day. */
export const AssignedTask = TaskItem.extend<TasksOptions & { nested: boolean; HTMLAttributes: object }>({
  addOptions() {
    return {
      ...this.parent?.(),
      nested: true,
      HTMLAttributes: {},
      taskListTypeName: 'taskList',
      words: () => ({}) as TaskWords,
      onAssign: () => {},
    } as never
  },
  addAttributes() {
    const kept = (name: string) => ({
      default: null,
      keepOnSplit: false,
      parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
      renderHTML: (attributes: Record<string, unknown>) =>
        attributes[name] === null ? {} : { [`data-${name}`]: attributes[name] },
    })
    return { ...this.parent?.(), assignee: kept('assignee'), due: kept('due'), key: kept('key') }
  },
  addNodeView() {
    return ({ node, getPos, editor }) => {
      const parts = drawn()
      let shown = node
      const show = () => fill(parts, shown, this.options.words(), mayWriteIn(editor))
      parts.box.addEventListener('mousedown', (event) => event.preventDefault())
      parts.box.addEventListener('change', () => {
        const position = getPos()
        if (!mayWriteIn(editor) || position === undefined) parts.box.checked = shown.attrs.checked === true
        else editor.view.dispatch(editor.state.tr.setNodeAttribute(position, 'checked', parts.box.checked))
      })
      parts.given.addEventListener('click', () => {
        const position = getPos()
        if (mayWriteIn(editor) && position !== undefined) this.options.onAssign(position, parts.given)
      })
      show()
      editor.on('transaction', show)
      return {
        dom: parts.line,
        contentDOM: parts.content,
        update: (next) => {
          if (next.type !== this.type) return false
          shown = next
          show()
          return true
        },
        ignoreMutation: ({ target }) => !parts.content.contains(target),
        stopEvent: ({ target }) => parts.given.contains(target as globalThis.Node) || target === parts.box,
        destroy: () => editor.off('transaction', show),
      }
    }
  },
})

interface Parts {
  line: HTMLLIElement
  box: HTMLInputElement
  content: HTMLDivElement
  given: HTMLButtonElement
}

function drawn(): Parts {
  const line = document.createElement('li')
  const box = document.createElement('input')
  const content = document.createElement('div')
  const given = document.createElement('button')
  const label = document.createElement('label')
  box.type = 'checkbox'
  given.type = 'button'
  label.contentEditable = given.contentEditable = 'false'
  label.append(box)
  line.append(label, content, given)
  return { line, box, content, given }
}

function fill({ line, box, given }: Parts, node: ProseMirrorNode, words: TaskWords, editable: boolean) {
  const text = node.firstChild?.textContent ?? ''
  line.dataset.checked = String(node.attrs.checked === true)
  box.checked = node.attrs.checked === true
  box.disabled = !editable
  box.setAttribute('aria-label', `${node.attrs.checked ? words.done : words.toDo} ${text}`.trim())
  const facts = words.facts(node.attrs.assignee, node.attrs.due)
  const shown = facts || words.nobody
  if (given.textContent !== shown) given.textContent = shown
  given.dataset.empty = String(facts === '')
  given.hidden = facts === '' && !editable
  given.disabled = !editable
  given.setAttribute('aria-label', facts ? `${words.assign(text)}, ${facts}` : words.assign(text))
}
