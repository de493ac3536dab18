import { IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { askSignInLink } from '../doors'
import { texts } from '../signIn.texts'

/** Asks for a link. The browser may offer its passkeys under the field. */
export function EmailLinkForm({ email, onAsked }: { email: string; onAsked: (email: string) => void }) {
  const t = useText(texts)
  const ask = useMutation({ mutationFn: askSignInLink, onSuccess: (_answer, to) => onAsked(to) })
  const errors = formErrors(ask.error, ['email'])
  return (
    <Form error={errors.form} failure={ask.error} onSubmit={(values) => ask.mutate(values('email').trim())}>
      <TextField
        name="email"
        type="email"
        label={t('email')}
        hint={t('emailHint')}
        error={errors.fields.email}
        icon={IconMail}
        defaultValue={email}
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        beside={
          <Button type="submit" look="secondary" busy={ask.isPending}>
            {t('askLink')}
          </Button>
        }
      />
    </Form>
  )
}
