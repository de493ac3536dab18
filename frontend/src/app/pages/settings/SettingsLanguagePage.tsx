import { PageTitle } from '@/components/PageTitle'
import { LanguageChoice } from '@/features/settings/preferences/LanguageChoice'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('language')}</PageTitle>
      <LanguageChoice />
    </>
  )
}
