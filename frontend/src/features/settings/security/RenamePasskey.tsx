import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useRenamePasskey } from './mutations'
import type { Passkey } from './queries'

interface RenamePasskeyProps {
  /** None when the dialog is closed. */
  passkey: Passkey | undefined
  onClose: () => void
  onRenamed: () => void
}

export function RenamePasskey({ passkey, onClose, onRenamed }: RenamePasskeyProps) {
  const t = useText(texts)
  const renaming = useRenamePasskey()
  const errors = formErrors(renaming.error, ['name'])
  const close = () => {
    renaming.reset()
    onClose()
  }
  const rename = (name: string) => {
    if (passkey === undefined || renaming.isPending) return
    const renamed = () => {
      onRenamed()
      close()
    }
    renaming.mutate({ id: passkey.id, name }, { onSuccess: renamed })
  }
  return (
    <Dialog open={passkey !== undefined} onClose={close} title={t('renameTitle')} width={440}>
      <Form error={errors.form} failure={renaming.error} onSubmit={(values) => rename(values('name'))}>
        <TextField
          key={passkey?.id}
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          maxLength={60}
          defaultValue={passkey?.name}
          error={errors.fields.name}
          data-autofocus
        />
        <div className={styles.end}>
          <Button type="submit" busy={renaming.isPending}>
            {t('save')}
          </Button>
          <Button look="secondary" onClick={close}>
            {t('cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
