import { PageTitle } from '@/components/PageTitle'
import { AppearanceChoice } from '@/features/settings/preferences/AppearanceChoice'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('appearance')}</PageTitle>
      <AppearanceChoice />
    </>
  )
}
