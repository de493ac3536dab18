import { PageTitle } from '@/components/PageTitle'
import { InterestsForm } from '@/features/onboarding/components/InterestsForm'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle lead={t('interestsLead')}>{t('interests')}</PageTitle>
      <InterestsForm />
    </>
  )
}
