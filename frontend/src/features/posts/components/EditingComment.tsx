import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useEditComment } from '../mutations'
import type { Said } from '../queries'
import styles from './posts.module.css'

export function EditingComment({ postId, said, onDone }: { postId: string; said: Said; onDone: () => void }) {
  const t = useText(texts)
  const [body, setBody] = useState(said.body)
  const edit = useEditComment(postId, said)
  const errors = formErrors(edit.error, ['body'])
  const save = () => edit.mutate(body, { onSuccess: onDone })
  return (
    <Form error={errors.form} failure={edit.error} onSubmit={() => edit.isPending || save()}>
      <TextArea
        label={t('yourComment')}
        value={body}
        rows={3}
        maxLength={10000}
        error={errors.fields.body}
        onChange={(event) => setBody(event.target.value)}
      />
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
