import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Steps } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useSaveInterests } from '../mutations'
import { useChoice } from '../useChoice'
import { InterestPicker } from './InterestPicker'
import styles from './onboarding.module.css'
import type { StepProps } from './Welcome'

/** What one would like to find here. */
export function InterestsStep({ givenName, now, of, onNext }: StepProps & { givenName: string }) {
  const t = useText(texts)
  const choice = useChoice()
  const save = useSaveInterests()
  return (
    <div data-entrance="wide">
      <Steps now={now} of={of}>
        {t('step', { now, of })}
      </Steps>
      <EntranceTitle window={t('window')} lead={t('interestsLead')}>
        {t('interestsTitle', { name: givenName })}
      </EntranceTitle>
      <FormError>{save.error && messageOf(save.error)}</FormError>
      <InterestPicker choice={choice} />
      <div className={`${styles.foot} ${styles.sticky}`}>
        <Button
          size="large"
          busy={save.isPending || !choice.ready}
          onClick={() => save.mutate(choice.chosen, { onSuccess: onNext })}
        >
          {t('next')}
        </Button>
        <Button look="quiet" size="large" onClick={onNext}>
          {t('skip')}
        </Button>
      </div>
    </div>
  )
}
