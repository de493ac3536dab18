import { messageOf } from '@/api/problem'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useChoose } from '@/entities/session/choices'
import { useText } from '@/lib/i18n'
import { useTheme } from '@/lib/theme'
import { texts } from './i18n'

export function AppearanceChoice() {
  const t = useText(texts)
  const changing = useChoose()
  return (
    <Slab>
      <FormError>{changing.error && messageOf(changing.error)}</FormError>
      <ChoiceGroup
        legend={t('appearance')}
        hint={t('appearanceLead')}
        options={[
          { value: 'system', label: t('system'), hint: t('systemHint') },
          { value: 'light', label: t('light') },
          { value: 'dark', label: t('dark') },
        ]}
        value={useTheme()}
        onChange={(appearance) => changing.mutate({ appearance })}
      />
      <Result>{changing.isSuccess && t('appearanceSaved')}</Result>
    </Slab>
  )
}
