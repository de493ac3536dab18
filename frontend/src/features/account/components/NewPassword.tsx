import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { PasswordField } from '@/components/forms/PasswordField'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { useLinkToken } from '@/lib/linkToken'
import { confirmReset, type SignInAnswer } from '../doors'
import { texts } from '../join.texts'
import styles from './account.module.css'
import { endsTheWay, LinkMissing, WayEnded } from './DoorStates'
import { PasswordStrength } from './PasswordStrength'
import { WayIn } from './WayIn'

interface NewPasswordProps {
  onIn: () => void
  signInAddress: string
  /** Where another link is asked for. */
  askAgainAt: string
}

/** The end of a forgotten password: its successor. */
export function NewPassword({ onIn, ...addresses }: NewPasswordProps) {
  const token = useLinkToken()
  return <WayIn onIn={onIn}>{(onAnswer) => <Choose token={token} onAnswer={onAnswer} {...addresses} />}</WayIn>
}

interface ChooseProps extends Omit<NewPasswordProps, 'onIn'> {
  token: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
}

function Choose({ token, onAnswer, signInAddress, askAgainAt }: ChooseProps) {
  const t = useText(texts)
  const [password, setPassword] = useState('')
  const save = useMutation({ mutationFn: confirmReset, onSuccess: onAnswer })
  const errors = formErrors(save.error, ['password'])
  const ended = endsTheWay(save.error)
  useFocusOnStep(ended)
  if (token === '') return <LinkMissing askAgainAt={askAgainAt} />
  if (ended) {
    return <WayEnded error={save.error} signInAddress={signInAddress} askAgainAt={askAgainAt} />
  }
  const change = (typed: string) => {
    setPassword(typed)
    if (save.isError) save.reset()
  }
  return (
    <>
      <EntranceTitle lead={t('newLead')}>{t('newTitle')}</EntranceTitle>
      <Form error={errors.form} failure={save.error} onSubmit={() => save.mutate({ token, password })}>
        <PasswordField
          name="password"
          label={t('password')}
          hint={t('rules')}
          error={errors.fields.password}
          autoComplete="new-password"
          value={password}
          onChange={(event) => change(event.target.value)}
        />
        {!save.isError && <PasswordStrength password={password} />}
        <Button className={styles.submit} type="submit" size="large" wide busy={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </>
  )
}
