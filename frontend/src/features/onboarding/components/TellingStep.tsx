import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Steps } from '@/components/EntranceTitle'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FormError } from '@/components/forms/FormError'
import { choicesQuery, type Rhythm, useChooseNotifications } from '@/entities/notification/choices'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './onboarding.module.css'
import type { StepProps } from './Welcome'

type Way = 'advised' | Exclude<Rhythm, 'at_once'>

/** How much mail one wants to get; what is advised is what holds already. */
export function TellingStep({ now, of, onNext }: StepProps) {
  const t = useText(texts)
  const [way, setWay] = useState<Way>('advised')
  const kinds = useQuery(choicesQuery).data?.kinds ?? []
  const choose = useChooseNotifications()
  const keep = () =>
    way === 'advised'
      ? onNext()
      : choose.mutate(
          { kinds: Object.fromEntries(kinds.map(({ kind }) => [kind, { mail: way }])) },
          { onSuccess: onNext },
        )
  return (
    <>
      <Steps now={now} of={of}>
        {t('step', { now, of })}
      </Steps>
      <EntranceTitle window={t('window')} lead={t('tellingLead')}>
        {t('tellingTitle')}
      </EntranceTitle>
      <FormError>{choose.error && messageOf(choose.error)}</FormError>
      <ChoiceGroup<Way>
        legend={t('telling')}
        options={[
          { value: 'advised', label: t('advised'), hint: t('advisedHint') },
          { value: 'daily', label: t('daily'), hint: t('dailyHint') },
          { value: 'weekly', label: t('weekly'), hint: t('weeklyHint') },
          { value: 'never', label: t('never'), hint: t('neverHint') },
        ]}
        value={way}
        onChange={setWay}
      />
      <div className={styles.foot}>
        <Button size="large" busy={choose.isPending || (way !== 'advised' && kinds.length === 0)} onClick={keep}>
          {t('next')}
        </Button>
        <Button look="quiet" size="large" onClick={onNext}>
          {t('skip')}
        </Button>
      </div>
    </>
  )
}
