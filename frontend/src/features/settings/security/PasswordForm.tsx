import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { PasswordField } from '@/components/forms/PasswordField'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useSetPassword } from './mutations'

interface PasswordFormProps {
  /** For password managers, which keep a password under a name. */
  email: string | null | undefined
  onCancel: () => void
  onSaved: () => void
}

export function PasswordForm({ email, onCancel, onSaved }: PasswordFormProps) {
  const t = useText(texts)
  const saving = useSetPassword()
  const errors = formErrors(saving.error, ['password'])
  return (
    <Form
      error={errors.form}
      failure={saving.error}
      onSubmit={(values) => saving.isPending || saving.mutate(values('password'), { onSuccess: onSaved })}
    >
      <input type="text" name="username" autoComplete="username" value={email ?? ''} readOnly hidden />
      <div className={styles.form}>
        <PasswordField
          label={t('newPassword')}
          hint={t('passwordRules')}
          name="password"
          autoComplete="new-password"
          error={errors.fields.password}
        />
        <div className={styles.end}>
          <Button type="submit" busy={saving.isPending}>
            {t('save')}
          </Button>
          <Button look="secondary" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Form>
  )
}
