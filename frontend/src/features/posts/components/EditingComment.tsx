import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { Referring } from '@/entities/attachment/Attaching'
import { referredIn, useAttachments } from '@/entities/attachment/useAttachments'
import { toMarkdown, toWriting } from '@/entities/mention/mentions'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useEditComment } from '../mutations'
import type { Said } from '../queries'
import { MentionArea } from './MentionArea'
import styles from './posts.module.css'

interface EditingCommentProps {
  postId: string
  communityId: string | null
  said: Said
  onDone: () => void
}

/** The words of one's own comment, again. */
export function EditingComment({ postId, communityId, said, onDone }: EditingCommentProps) {
  const t = useText(texts)
  const [{ text, people }, setWritten] = useState(() => toWriting(said.body))
  const attachments = useAttachments({ documents: said.documents })
  const edit = useEditComment(postId, said)
  const errors = formErrors(edit.error, ['body'])
  const save = () => {
    const draft = { body: toMarkdown(text, people), ...referredIn(attachments.changes()) }
    edit.mutate(draft, { onSuccess: onDone })
  }
  return (
    <Form error={errors.form} failure={edit.error} onSubmit={() => edit.isPending || save()}>
      <MentionArea
        communityId={communityId}
        label={t('yourComment')}
        text={text}
        people={people}
        rows={3}
        maxLength={10000}
        error={errors.fields.body}
        onChange={(written, named) => setWritten({ text: written, people: named })}
      />
      <Referring attachments={attachments} />
      <p className={styles.buttons}>
        <Button type="submit" size="small" busy={edit.isPending}>
          {t('save')}
        </Button>
        <Button look="quiet" size="small" onClick={onDone}>
          {t('cancel')}
        </Button>
      </p>
    </Form>
  )
}
