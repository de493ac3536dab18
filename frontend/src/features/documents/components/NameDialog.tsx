import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useRename } from '../mutations'
import type { Thing } from '../types'
import styles from './dialogs.module.css'

interface NameDialogProps {
  open: boolean
  onClose: () => void
  thing: Thing
}

/** Another name. It shows at once; a name that is taken is told here, and the old one stays. */
export function NameDialog({ open, onClose, thing }: NameDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open={open} onClose={onClose} title={t('rename')} width={480}>
      <Naming thing={thing} onDone={onClose} />
    </Dialog>
  )
}

function Naming({ thing, onDone }: { thing: Thing; onDone: () => void }) {
  const t = useText(texts)
  const rename = useRename()
  const errors = formErrors(rename.error, ['name'])
  const send = (name: string) => {
    if (name === thing.name) return onDone()
    if (!rename.isPending) rename.mutate({ thing, name }, { onSuccess: onDone })
  }
  return (
    <Form error={errors.form} failure={rename.error} onSubmit={(values) => send(values('name').trim())}>
      <TextField
        label={t('name')}
        name="name"
        defaultValue={thing.name}
        maxLength={200}
        autoComplete="off"
        error={errors.fields.name}
        data-autofocus
        onFocus={({ target }) => target.setSelectionRange(0, endOfStem(target.value))}
      />
      <div className={styles.buttons}>
        <Button type="submit" busy={rename.isPending}>
          {t('rename')}
        </Button>
      </div>
    </Form>
  )
}

/** What is changed of a name is what stands before its ending. */
const endOfStem = (name: string) => (name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length)
