import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { Referring } from '@/entities/attachment/Attaching'
import { referredIn, useAttachments } from '@/entities/attachment/useAttachments'
import { type NamedPeople, toMarkdown } from '@/entities/mention/mentions'
import { useText } from '@/lib/i18n'
import { typeHere } from '@/realtime/presence'
import { texts } from '../i18n'
import { useComment } from '../mutations'
import { MentionArea } from './MentionArea'

interface AnsweringProps {
  postId: string
  /** Whose people are offered to be named. */
  communityId: string | null
  threadId: string
  parentId?: string
  label: string
  /** What was written before, and the documents that it refers to. */
  begun?: { text: string; people: NamedPeople; documents: string[] }
  onDone?: () => void
}

const EMPTY = { text: '', people: {} }

/** A comment, or a reply to one. */
export function Answering({ postId, communityId, threadId, parentId, label, begun, onDone }: AnsweringProps) {
  const t = useText(texts)
  const [{ text, people }, setWritten] = useState<{ text: string; people: NamedPeople }>(begun ?? EMPTY)
  const attachments = useAttachments()
  const commenting = useComment(postId)
  const once = useOnce()
  const errors = formErrors(commenting.error, ['body'])
  const send = () => {
    const referred = referredIn(attachments.draft())
    const draft = {
      body: toMarkdown(text, people),
      ...(parentId ? { parent_id: parentId } : { thread_id: threadId }),
      ...referred,
      ...(begun && { document_ids: [...begun.documents, ...(referred.document_ids ?? [])] }),
    }
    const onSuccess = () => {
      setWritten((now) => (now.text === text ? EMPTY : now)) // What was typed meanwhile is the next one.
      attachments.clear()
      onDone?.()
    }
    commenting.mutate({ draft, once: once(draft) }, { onSuccess })
  }
  return (
    <Form error={errors.form} failure={commenting.error} onSubmit={() => commenting.isPending || send()}>
      <MentionArea
        communityId={communityId}
        label={label}
        text={text}
        people={people}
        rows={2}
        maxLength={10000}
        error={errors.fields.body}
        onChange={(written, named) => {
          setWritten({ text: written, people: named })
          typeHere()
        }}
      />
      <Referring attachments={attachments} />
      <Button type="submit" size="small" busy={commenting.isPending}>
        {t('send')}
      </Button>
    </Form>
  )
}
