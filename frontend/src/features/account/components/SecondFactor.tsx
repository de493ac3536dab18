import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors, isProblem } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { passSecondFactor, type SignInAnswer } from '../doors'
import { texts } from '../signIn.texts'
import styles from './account.module.css'

interface SecondFactorProps {
  ticket: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
  onRestart: () => void
}

/** The second step: a code of the application, or one of the codes put aside. */
export function SecondFactor({ ticket, onAnswer, onRestart }: SecondFactorProps) {
  const t = useText(texts)
  const [recovery, setRecovery] = useState(false)
  const check = useMutation({ mutationFn: passSecondFactor, onSuccess: onAnswer })
  const expired = isProblem(check.error, 'gone')
  const errors = formErrors(check.error, ['code'])
  const swap = () => {
    check.reset()
    setRecovery(!recovery)
  }
  return (
    <>
      <EntranceTitle lead={t('secondLead')}>{t('secondTitle')}</EntranceTitle>
      <Form
        error={expired ? t('tooLate') : errors.form}
        failure={check.error}
        onSubmit={(values) => check.mutate({ ticket, code: values('code') })}
      >
        <TextField
          key={String(recovery)}
          name="code"
          label={t(recovery ? 'recoveryCode' : 'oneTimeCode')}
          hint={t(recovery ? 'recoveryCodeHint' : 'oneTimeCodeHint')}
          error={errors.fields.code}
          autoComplete={recovery ? 'off' : 'one-time-code'}
          inputMode={recovery ? 'text' : 'numeric'}
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
        />
        {!expired && (
          <Button className={styles.submit} type="submit" size="large" wide busy={check.isPending}>
            {t('check')}
          </Button>
        )}
      </Form>
      <div className={styles.links}>
        {!expired && (
          <Button look="quiet" onClick={swap}>
            {t(recovery ? 'useOneTime' : 'useRecovery')}
          </Button>
        )}
        <Button look={expired ? 'primary' : 'quiet'} onClick={onRestart}>
          {t('restart')}
        </Button>
      </div>
    </>
  )
}
