import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { showToast } from '@/components/toast/toasts'
import { useForgetSession } from '@/entities/session/queries'
import { Copies } from '@/features/settings/data/Copies'
import { Deletion } from '@/features/settings/data/Deletion'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const language = useLanguage()
  const leave = useForgetSession()
  const deleted = (leavesAt: string) => {
    showToast({ text: t('accountClosed', { date: formatDate(leavesAt, language) }) })
    void leave()
  }
  return (
    <>
      <PageTitle>{t('data')}</PageTitle>
      <Slabs>
        <Copies />
        <Deletion onDeleted={deleted} />
      </Slabs>
    </>
  )
}
