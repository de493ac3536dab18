import { formErrors } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { texts } from '../door.texts'
import styles from './account.module.css'

interface InvitationFormProps {
  invitation: components['schemas']['InvitationPreviewOut']
  busy: boolean
  failure: unknown
  onAccept: (given: { name: string; email: string | null }) => void
}

export function InvitationForm({ invitation, busy, failure, onAccept }: InvitationFormProps) {
  const t = useText(texts)
  const errors = formErrors(failure, ['name', 'email'])
  const forMany = invitation.email === null
  return (
    <>
      <EntranceTitle
        lead={
          invitation.affiliation === null
            ? t('invitedAsGuest', { organisation: invitation.organisation, place: invitation.place })
            : t('invitedBy', { organisation: invitation.organisation })
        }
      >
        {t('invitationTitle')}
      </EntranceTitle>
      <Form
        error={errors.form}
        failure={failure}
        onSubmit={(values) => onAccept({ name: values('name').trim(), email: forMany ? values('email').trim() : null })}
      >
        <TextField
          name="name"
          label={t('name')}
          hint={t('nameHint')}
          error={errors.fields.name}
          autoComplete="name"
          maxLength={200}
        />
        {forMany ? (
          <TextField
            name="email"
            type="email"
            label={t('email')}
            hint={t('emailHint')}
            error={errors.fields.email}
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
        ) : (
          <p className={styles.aside}>
            {t.rich('invitedAs', { email: <b className={styles.strong}>{invitation.email}</b> })}
          </p>
        )}
        <Button className={styles.submit} type="submit" size="large" wide busy={busy}>
          {t('accept')}
        </Button>
      </Form>
    </>
  )
}
