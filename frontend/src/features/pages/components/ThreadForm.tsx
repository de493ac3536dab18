import { useRef, useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Referring } from '@/entities/attachment/Attaching'
import type { ReferredDocument } from '@/entities/attachment/types'
import { referredIn, useAttachments } from '@/entities/attachment/useAttachments'
import { type NamedPeople, toMarkdown, toWriting } from '@/entities/mention/mentions'
import { Offered } from '@/entities/mention/Offered'
import { useMentioning } from '@/entities/mention/useMentioning'
import { useText } from '@/lib/i18n'
import { peopleQuery } from '../queries'
import { texts } from '../threadTexts'
import styles from './threads.module.css'

interface SaidDraft {
  body: string
  /** Absent: none, or as before. */
  document_ids?: string[]
}

interface ThreadFormProps {
  label: string
  action: string
  /** What is changed; nothing for what is new. */
  body?: string
  documents?: ReferredDocument[]
  sending: { isPending: boolean; error: Error | null }
  onSend: (said: SaidDraft, once: string) => void
  onCancel: () => void
}

/** Some words on a page, in which people may be named. */
export function ThreadForm({ label, action, body, documents, sending, onSend, onCancel }: ThreadFormProps) {
  const t = useText(texts)
  const [{ text, people }, setWritten] = useState<{ text: string; people: NamedPeople }>(() => toWriting(body ?? ''))
  const field = useRef<HTMLTextAreaElement>(null)
  const attachments = useAttachments(documents && { documents })
  const once = useOnce()
  const errors = formErrors(sending.error, ['body'])
  const change = (written: string, named: NamedPeople) => setWritten({ text: written, people: named })
  const mentioning = useMentioning({
    ...{ field, text, people, onChange: change, suggestions: peopleQuery, enabled: true },
  })
  const send = () => {
    const refers = documents ? attachments.changes() : attachments.draft()
    const said = { body: toMarkdown(text, people), ...referredIn(refers) }
    if (said.body.trim() !== '' && !sending.isPending) onSend(said, once(said))
  }
  return (
    <Form error={errors.form} failure={sending.error} onSubmit={send}>
      <div className={styles.field}>
        <TextArea
          {...mentioning.area}
          ref={field}
          label={label}
          rows={3}
          maxLength={10_000}
          value={text}
          error={errors.fields.body}
          data-autofocus
          autoFocus
          onChange={({ target }) => {
            change(target.value, people)
            mentioning.look(target)
          }}
          onKeyDown={(event) => {
            if (mentioning.press(event)) return
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            else if (event.key === 'Escape') {
              event.stopPropagation()
              onCancel()
            }
          }}
          onBlur={mentioning.close}
        />
        <Offered label={t('peopleFound')} {...mentioning.list} />
      </div>
      <Referring attachments={attachments} />
      <p className={styles.buttons}>
        <Button type="submit" size="small" busy={sending.isPending}>
          {action}
        </Button>
        <Button look="quiet" size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </p>
    </Form>
  )
}
