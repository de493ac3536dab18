import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useComment } from '../mutations'

interface AnsweringProps {
  postId: string
  threadId: string
  parentId?: string
  label: string
  onDone?: () => void
}

/** A comment, or a reply to one. */
export function Answering({ postId, threadId, parentId, label, onDone }: AnsweringProps) {
  const t = useText(texts)
  const [body, setBody] = useState('')
  const commenting = useComment(postId)
  const once = useOnce()
  const errors = formErrors(commenting.error, ['body'])
  const send = () => {
    const draft = { body, ...(parentId ? { parent_id: parentId } : { thread_id: threadId }) }
    const onSuccess = () => {
      setBody('')
      onDone?.()
    }
    commenting.mutate({ draft, once: once(draft) }, { onSuccess })
  }
  return (
    <Form error={errors.form} failure={commenting.error} onSubmit={() => commenting.isPending || send()}>
      <TextArea
        label={label}
        value={body}
        rows={2}
        maxLength={10000}
        error={errors.fields.body}
        onChange={(event) => setBody(event.target.value)}
      />
      <Button type="submit" size="small" busy={commenting.isPending}>
        {t('send')}
      </Button>
    </Form>
  )
}
