import { IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { askReset } from '../doors'
import { texts } from '../join.texts'
import styles from './account.module.css'
import { MailSent } from './MailSent'

/** Asks for the link that lets one choose another password. */
export function ForgottenPassword({ signInAddress }: { signInAddress: string }) {
  const t = useText(texts)
  const ask = useMutation({ mutationFn: askReset })
  useFocusOnStep(ask.isSuccess)
  const errors = formErrors(ask.error, ['email'])
  if (ask.isSuccess) {
    return (
      <MailSent title={t('joinedTitle')} onOtherAddress={() => ask.reset()}>
        {t.rich('resetSentText', { email: <b className={styles.strong}>{ask.variables}</b> })}
      </MailSent>
    )
  }
  return (
    <>
      <EntranceTitle lead={t('resetLead')}>{t('resetTitle')}</EntranceTitle>
      <Form error={errors.form} failure={ask.error} onSubmit={(values) => ask.mutate(values('email').trim())}>
        <TextField
          name="email"
          type="email"
          label={t('email')}
          error={errors.fields.email}
          icon={IconMail}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button className={styles.submit} type="submit" size="large" wide busy={ask.isPending}>
          {t('resetNow')}
        </Button>
      </Form>
      <p className={styles.aside}>
        <Link to={signInAddress}>{t('toSignIn')}</Link>
      </p>
    </>
  )
}
