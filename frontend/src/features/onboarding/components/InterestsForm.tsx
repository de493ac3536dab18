import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useSaveInterests } from '../mutations'
import { useChoice } from '../useChoice'
import { InterestPicker } from './InterestPicker'
import styles from './onboarding.module.css'

/** The same choice, later on. */
export function InterestsForm() {
  const t = useText(texts)
  const choice = useChoice()
  const save = useSaveInterests()
  const toggle = (key: string) => {
    save.reset()
    choice.toggle(key)
  }
  return (
    <Slab>
      <FormError>{save.error && messageOf(save.error)}</FormError>
      <InterestPicker choice={{ ...choice, toggle }} />
      {choice.ready && (
        <div className={styles.saving}>
          <Button busy={save.isPending} onClick={() => save.mutate(choice.chosen)}>
            {t('save')}
          </Button>
          <Result>{save.isSuccess && t('saved')}</Result>
        </div>
      )}
    </Slab>
  )
}
