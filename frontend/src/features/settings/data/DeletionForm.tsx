import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useDeleteAccount } from './mutations'

interface DeletionFormProps {
  /** What is to be typed. */
  name: string
  onCancel: () => void
  onDeleted: (leavesAt: string) => void
}

export function DeletionForm({ name, onCancel, onDeleted }: DeletionFormProps) {
  const t = useText(texts)
  const deleting = useDeleteAccount()
  const errors = formErrors(deleting.error, ['confirmation'])
  return (
    <Form
      error={errors.form}
      failure={deleting.error}
      onSubmit={(values) =>
        deleting.isPending ||
        deleting.mutate(values('confirmation'), { onSuccess: ({ leaves_at }) => onDeleted(leaves_at) })
      }
    >
      <div className={styles.form}>
        <TextField
          name="confirmation"
          label={t('confirmation')}
          hint={t('confirmationHint', { name })}
          error={errors.fields.confirmation}
          autoComplete="off"
          data-autofocus
        />
        <div className={styles.end}>
          <Button type="submit" look="danger" busy={deleting.isPending}>
            {t('deleteAccount')}
          </Button>
          <Button look="secondary" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Form>
  )
}
