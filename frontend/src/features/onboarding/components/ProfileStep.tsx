import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Steps } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { AvatarForm } from '@/entities/person/AvatarForm'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useSayHeadline } from '../mutations'
import styles from './onboarding.module.css'
import type { StepProps } from './Welcome'

/** The beginning of one's profile: what makes others stop at a name. */
export function ProfileStep({ now, of, onNext }: StepProps) {
  const t = useText(texts)
  const member = useMember()
  const say = useSayHeadline()
  const errors = formErrors(say.error, ['headline'])
  const go = (headline: string) => (headline ? say.mutate(headline, { onSuccess: onNext }) : onNext())
  return (
    <>
      <Steps now={now} of={of}>
        {t('step', { now, of })}
      </Steps>
      <EntranceTitle window={t('window')} lead={t('profileLead')}>
        {t('profileTitle')}
      </EntranceTitle>
      <Form error={errors.form} failure={say.error} onSubmit={(values) => go(values('headline').trim())}>
        <AvatarForm member={member} />
        <TextField
          name="headline"
          label={t('headline')}
          hint={t('headlineHint')}
          optional
          maxLength={160}
          error={errors.fields.headline}
        />
        <div className={styles.foot}>
          <Button type="submit" size="large" busy={say.isPending}>
            {t('next')}
          </Button>
          <Button look="quiet" size="large" onClick={onNext}>
            {t('skip')}
          </Button>
        </div>
      </Form>
    </>
  )
}
