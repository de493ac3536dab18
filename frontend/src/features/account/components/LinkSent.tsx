import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { formErrors, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Or } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { sessionQuery, useEnter } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { askSignInLink, type SignInAnswer, signInWithCode } from '../doors'
import { texts } from '../signIn.texts'
import styles from './account.module.css'

interface LinkSentProps {
  email: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
  onOtherAddress: () => void
}

/** While the link is on its way. Opened here in another tab, it signs this one in too; opened elsewhere, it shows a code. */
export function LinkSent({ email, onAnswer, onOtherAddress }: LinkSentProps) {
  const t = useText(texts)
  useFollowOtherTab()
  const enter = useMutation({ mutationFn: signInWithCode, onSuccess: onAnswer })
  const again = useMutation({ mutationFn: askSignInLink })
  const errors = formErrors(enter.error, ['code'])
  return (
    <>
      <EntranceTitle lead={t.rich('sentLead', { email: <b className={styles.strong}>{email}</b> })}>
        {t('sentTitle')}
      </EntranceTitle>
      <p className={styles.note}>{t('sentHere')}</p>
      <Or>{t('elsewhere')}</Or>
      <Form error={errors.form} failure={enter.error} onSubmit={(values) => enter.mutate(values('code').trim())}>
        <TextField
          name="code"
          label={t('shownCode')}
          hint={t('shownCodeHint')}
          error={errors.fields.code}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          beside={
            <Button type="submit" look="secondary" busy={enter.isPending}>
              {t('enterCode')}
            </Button>
          }
        />
      </Form>
      <p className={styles.aside}>{t('nothingCame')}</p>
      <FormError>{again.error && messageOf(again.error)}</FormError>
      <div className={styles.links}>
        <Button look="soft" busy={again.isPending} onClick={() => again.mutate(email)}>
          {t('again')}
        </Button>
        <Button look="quiet" onClick={onOtherAddress}>
          {t('otherAddress')}
        </Button>
        <span role="status">{again.isSuccess && t('sentAgain')}</span>
      </div>
    </>
  )
}

function useFollowOtherTab() {
  const enter = useEnter()
  const { data } = useQuery({ ...sessionQuery, refetchOnWindowFocus: 'always' })
  const isIn = data?.member != null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the session appears.
  useEffect(() => {
    if (isIn) void enter()
  }, [isIn])
}
