import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { Attaching } from '@/entities/attachment/Attaching'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useEditPost } from '../mutations'
import type { Post } from '../queries'
import styles from './posts.module.css'

/** The words of one's own post, again. Who edits an older version than the present one is told so, and keeps what he wrote. */
export function Editing({ post, onDone }: { post: Post; onDone: () => void }) {
  const t = useText(texts)
  const [title, setTitle] = useState(post.title)
  const [body, setBody] = useState(post.body)
  const attachments = useAttachments(post)
  const edit = useEditPost(post.id, post.version)
  const errors = formErrors(edit.error, ['title', 'body'])
  const titled = post.title !== '' || post.kind === 'question' || post.kind === 'idea'
  const save = () => edit.mutate({ ...(titled && { title }), body, ...attachments.changes() }, { onSuccess: onDone })
  return (
    <Form error={errors.form} failure={edit.error} onSubmit={() => edit.isPending || !attachments.check() || save()}>
      {titled && (
        <TextField
          label={t('itsTitle')}
          value={title}
          maxLength={200}
          error={errors.fields.title}
          onChange={(event) => setTitle(event.target.value)}
        />
      )}
      <Attaching attachments={attachments} allowed={post.abilities.includes('attach')}>
        <TextArea
          label={t('body')}
          hint={t('editHint')}
          value={body}
          rows={6}
          maxLength={20000}
          error={errors.fields.body}
          onChange={(event) => setBody(event.target.value)}
        />
      </Attaching>
      <p className={styles.buttons}>
        <Button type="submit" busy={edit.isPending}>
          {t('save')}
        </Button>
        <Button look="secondary" onClick={onDone}>
          {t('cancel')}
        </Button>
      </p>
    </Form>
  )
}
