import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './ties.module.css'

interface WordsDialogProps {
  open: boolean
  onClose: () => void
  title: string
  lead?: string
  label: string
  confirm: string
  optional?: boolean
  longest: number
  busy: boolean
  failure: unknown
  /** The field's name to the server. */
  field: 'message' | 'answer'
  onSend: (words: string) => void
}

/** A few words, then one button: a request, or its answer. */
export function WordsDialog({
  open,
  onClose,
  title,
  lead,
  label,
  confirm,
  longest,
  busy,
  failure,
  ...field
}: WordsDialogProps) {
  const t = useText(texts)
  const errors = formErrors(failure, [field.field])
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <Form
        error={errors.form}
        failure={failure}
        onSubmit={(values) => !busy && field.onSend(values(field.field).trim())}
      >
        {lead && <p>{lead}</p>}
        <TextArea
          label={label}
          name={field.field}
          rows={4}
          maxLength={longest}
          optional={field.optional}
          error={errors.fields[field.field]}
          data-autofocus
        />
        <p className={styles.buttons}>
          <Button type="submit" busy={busy}>
            {confirm}
          </Button>{' '}
          <Button look="secondary" onClick={onClose}>
            {t('cancel')}
          </Button>
        </p>
      </Form>
    </Dialog>
  )
}
