import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../asked.texts'
import { useAnswerIdea } from '../mutations'
import type { IdeaPost } from '../queries'
import styles from './posts.module.css'

const STATUSES = ['proposed', 'studied', 'planned', 'done', 'declined'] as const

/** Those who run the place say what becomes of an idea. */
export function IdeaAnswering({ post, onClose }: { post: IdeaPost; onClose: () => void }) {
  const t = useText(texts)
  const [status, setStatus] = useState(post.idea.status)
  const [text, setText] = useState(post.idea.answer)
  const answering = useAnswerIdea(post.id)
  const errors = formErrors(answering.error, ['status', 'answer'])
  const send = () => answering.mutate({ status, answer: text }, { onSuccess: onClose })
  return (
    <Dialog open onClose={onClose} title={t('answerIdea')}>
      <Form error={errors.form} failure={answering.error} onSubmit={() => answering.isPending || send()}>
        <SelectField
          label={t('status')}
          options={STATUSES.map((value) => ({ value, label: t(value) }))}
          value={status}
          onChange={setStatus}
          error={errors.fields.status}
        />
        <TextArea
          label={t('answer')}
          value={text}
          rows={5}
          maxLength={5000}
          optional
          error={errors.fields.answer}
          onChange={(event) => setText(event.target.value)}
        />
        <p className={styles.buttons}>
          <Button type="submit" busy={answering.isPending}>
            {t('publish')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
        </p>
      </Form>
    </Dialog>
  )
}
