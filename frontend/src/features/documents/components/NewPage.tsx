import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useCreatePage } from '../mutations'
import { templatesQuery } from '../queries'
import type { Template } from '../types'
import styles from './dialogs.module.css'

interface NewPageProps {
  open: boolean
  onClose: () => void
  folderId: string
  to: Addresses
}

/** A page to write together, empty or begun by a template. */
export function NewPage({ open, onClose, folderId, to }: NewPageProps) {
  const t = useText(texts)
  const navigate = useNavigate()
  const templates = useQuery({ ...templatesQuery, enabled: open })
  return (
    <Dialog open={open} onClose={onClose} title={t('newPage')} width={520}>
      <Loaded query={templates}>
        {({ items }) => (
          <Creating templates={items} folderId={folderId} onDone={(id) => void navigate({ to: to.document(id) })} />
        )}
      </Loaded>
    </Dialog>
  )
}

interface CreatingProps {
  templates: Template[]
  folderId: string
  onDone: (documentId: string) => void
}

function Creating({ templates, folderId, onDone }: CreatingProps) {
  const t = useText(texts)
  const once = useOnce()
  const create = useCreatePage(folderId)
  const errors = formErrors(create.error, ['name'])
  const send = (name: string, key: string) => {
    const template = templates.find((one) => one.key === key)?.key ?? 'empty'
    if (!create.isPending)
      create.mutate({ name, template, once: once({ folderId, name, template }) }, { onSuccess: ({ id }) => onDone(id) })
  }
  return (
    <Form
      error={errors.form}
      failure={create.error}
      onSubmit={(values) => send(values('name').trim(), values('template'))}
    >
      <TextField
        label={t('name')}
        name="name"
        maxLength={200}
        autoComplete="off"
        error={errors.fields.name}
        data-autofocus
      />
      <fieldset className={styles.templates}>
        <legend>{t('beginWith')}</legend>
        {templates.map(({ key, name, summary }, index) => (
          <label key={key}>
            <input type="radio" name="template" value={key} defaultChecked={index === 0} />
            <span>
              <b>{name}</b>
              <small>{summary}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={styles.buttons}>
        <Button type="submit" busy={create.isPending}>
          {t('create')}
        </Button>
      </div>
    </Form>
  )
}
