import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { peopleQuery } from '../queries'
import styles from './page.module.css'

interface TaskDialogProps {
  editor: Editor
  /** Where the task is; none, and the dialog is closed. */
  at: number | undefined
  onClose: () => void
  names: ReadonlyMap<string, string>
}

/** Whose a task is, and for when. */
export function TaskDialog({ editor, at, onClose, names }: TaskDialogProps) {
  const t = useText(texts)
  const task = at === undefined ? null : editor.state.doc.nodeAt(at)
  return (
    <Dialog open={task?.type.name === 'taskItem'} onClose={onClose} title={t('task')} width={480}>
      {task && at !== undefined && (
        <Giving
          assignee={task.attrs.assignee}
          due={task.attrs.due}
          name={names.get(task.attrs.assignee) ?? ''}
          onKeep={(given) => {
            give(editor, at, given)
            onClose()
          }}
        />
      )}
    </Dialog>
  )
}

interface Given {
  assignee: string | null
  due: string | null
}

function Giving({ assignee, due, name, onKeep }: Given & { name: string; onKeep: (given: Given) => void }) {
  const t = useText(texts)
  const [who, setWho] = useState(assignee)
  const [words, setWords] = useState(name)
  const [day, setDay] = useState(due ?? '')
  const asked = words.trim()
  const found = useQuery({ ...peopleQuery(asked), enabled: who === null && asked.length > 1 }).data
  const people = who === null && asked.length > 1 ? (found ?? []) : []
  return (
    <Form onSubmit={() => onKeep({ assignee: who, due: day || null })}>
      <TextField
        label={t('assignee')}
        hint={t('assigneeHint')}
        value={words}
        autoComplete="off"
        maxLength={200}
        optional
        data-autofocus
        onChange={({ target }) => {
          setWho(null)
          setWords(target.value)
        }}
      />
      <ul className={styles.people} aria-label={t('peopleFound')} hidden={people.length === 0}>
        {people.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              onClick={() => {
                setWho(person.id)
                setWords(person.name)
              }}
            >
              <PersonChip person={person} size={30} />
            </button>
          </li>
        ))}
      </ul>
      <TextField label={t('due')} type="date" value={day} optional onChange={({ target }) => setDay(target.value)} />
      <div className={styles.buttons}>
        {(assignee !== null || due !== null) && (
          <Button look="secondary" onClick={() => onKeep({ assignee: null, due: null })}>
            {t('unassign')}
          </Button>
        )}
        <Button type="submit">{t('keep')}</Button>
      </div>
    </Form>
  )
}

/** The task may have moved while the dialog was open: what is there now is looked at again. */
function give(editor: Editor, at: number, given: Given) {
  const task = editor.state.doc.nodeAt(at)
  if (task?.type.name !== 'taskItem') return
  const attributes = { ...task.attrs, ...given, key: task.attrs.key ?? crypto.randomUUID().slice(0, 8) }
  editor.view.dispatch(editor.state.tr.setNodeMarkup(at, null, attributes))
}
