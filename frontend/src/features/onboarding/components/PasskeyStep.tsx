import { IconFingerprint } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Steps } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAddPasskey } from '../mutations'
import styles from './onboarding.module.css'
import type { StepProps } from './Welcome'

/** The credential that is the person's own. */
export function PasskeyStep({ now, of, onNext }: StepProps) {
  const t = useText(texts)
  const add = useAddPasskey()
  useFocusOnStep(add.isSuccess)
  const progress = (
    <Steps now={now} of={of}>
      {t('step', { now, of })}
    </Steps>
  )
  if (add.isSuccess) {
    return (
      <>
        {progress}
        <EntranceTitle lead={t('passkeyAdded')}>{t('passkeyAddedTitle')}</EntranceTitle>
        <Button size="large" wide onClick={onNext}>
          {t(now < of ? 'next' : 'finish')}
        </Button>
      </>
    )
  }
  return (
    <>
      {progress}
      <EntranceTitle window={t('window')} lead={t('passkeyLead')}>
        {t('passkeyTitle')}
      </EntranceTitle>
      <FormError>{add.error && messageOf(add.error)}</FormError>
      <div className={styles.foot}>
        <Button size="large" icon={IconFingerprint} busy={add.isPending} onClick={() => add.mutate()}>
          {t('addPasskey')}
        </Button>
        <Button look="quiet" size="large" onClick={onNext}>
          {t('skip')}
        </Button>
      </div>
    </>
  )
}
