import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { Following } from '@/features/agenda/components/Following'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('calendar')}</PageTitle>
      <Slab title={t('calendarAddress')}>
        <Following />
      </Slab>
    </>
  )
}
