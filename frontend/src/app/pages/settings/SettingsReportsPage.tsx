import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { MyDecisions } from '@/features/moderation/components/MyDecisions'
import { MyReports } from '@/features/moderation/components/MyReports'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('reports')}</PageTitle>
      <Slabs>
        <MyReports />
        <MyDecisions />
      </Slabs>
    </>
  )
}
