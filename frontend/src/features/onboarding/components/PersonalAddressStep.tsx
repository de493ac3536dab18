import { IconMail } from '@tabler/icons-react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Steps } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAddAddress } from '../mutations'
import styles from './onboarding.module.css'
import type { StepProps } from './Welcome'

/** The address that outlives the institution's. */
export function PersonalAddressStep({ now, of, onNext }: StepProps) {
  const t = useText(texts)
  const add = useAddAddress()
  const errors = formErrors(add.error, ['email'])
  useFocusOnStep(add.isSuccess)
  if (add.isSuccess) {
    return (
      <>
        <Steps now={now} of={of}>
          {t('step', { now, of })}
        </Steps>
        <EntranceTitle lead={t.rich('addressSent', { email: <b className={styles.strong}>{add.data.email}</b> })}>
          {t('addressSentTitle')}
        </EntranceTitle>
        <Button size="large" wide onClick={onNext}>
          {t('next')}
        </Button>
      </>
    )
  }
  return (
    <>
      <Steps now={now} of={of}>
        {t('step', { now, of })}
      </Steps>
      <EntranceTitle window={t('window')} lead={t('addressLead')}>
        {t('addressTitle')}
      </EntranceTitle>
      <Form error={errors.form} failure={add.error} onSubmit={(values) => add.mutate(values('email').trim())}>
        <TextField
          name="email"
          type="email"
          label={t('address')}
          hint={t('addressHint')}
          error={errors.fields.email}
          icon={IconMail}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className={styles.foot}>
          <Button type="submit" size="large" busy={add.isPending}>
            {t('addAddress')}
          </Button>
          <Button look="quiet" size="large" onClick={onNext}>
            {t('skip')}
          </Button>
        </div>
      </Form>
    </>
  )
}
