import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { toMarkdown, toWriting } from '@/entities/mention/mentions'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useEditMessage } from '../mutations'
import type { Message } from '../types'
import styles from './log.module.css'

/** A message changed where it stands: Enter saves, Escape leaves it as it was. */
export function EditingMessage({ message, onDone }: { message: Message; onDone: () => void }) {
  const t = useText(texts)
  const before = toWriting(message.text)
  const [text, setText] = useState(before.text)
  const field = useRef<HTMLTextAreaElement>(null)
  const edit = useEditMessage(message)
  useEffect(() => {
    const area = field.current
    area?.focus()
    area?.setSelectionRange(area.value.length, area.value.length)
  }, [])
  const save = () => {
    const written = text.trim()
    if (written === '' || edit.isPending) return
    if (written === before.text) return onDone()
    edit.mutate(toMarkdown(written, before.people), { onSuccess: onDone })
  }
  const press = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      save()
    }
  }
  return (
    <form
      className={styles.editing}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        save()
      }}
    >
      <FormError>{edit.error && messageOf(edit.error)}</FormError>
      <textarea
        ref={field}
        aria-label={t('editing')}
        value={text}
        maxLength={10000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <span className={styles.buttons}>
        <Button type="submit" size="small" busy={edit.isPending}>
          {t('save')}
        </Button>
        <Button look="secondary" size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
      </span>
    </form>
  )
}
