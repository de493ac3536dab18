import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useCreateFolder } from '../mutations'
import styles from './dialogs.module.css'

interface NewFolderProps {
  open: boolean
  onClose: () => void
  parentId: string
}

export function NewFolder({ open, onClose, parentId }: NewFolderProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('newFolder')} width={480}>
      <Creating parentId={parentId} onDone={onClose} />
    </Dialog>
  )
}

function Creating({ parentId, onDone }: { parentId: string; onDone: () => void }) {
  const t = useText(texts)
  const once = useOnce()
  const create = useCreateFolder(parentId)
  const errors = formErrors(create.error, ['name'])
  const send = (name: string) => {
    if (!create.isPending) create.mutate({ name, once: once({ parentId, name }) }, { onSuccess: onDone })
  }
  return (
    <Form error={errors.form} failure={create.error} onSubmit={(values) => send(values('name').trim())}>
      <TextField
        label={t('name')}
        hint={t('newFolderHint')}
        name="name"
        maxLength={200}
        autoComplete="off"
        error={errors.fields.name}
        data-autofocus
      />
      <div className={styles.buttons}>
        <Button type="submit" busy={create.isPending}>
          {t('create')}
        </Button>
      </div>
    </Form>
  )
}
