import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { QuietHours } from '@/features/chat/components/QuietHours'
import { PausedAddresses } from '@/features/settings/bounces/PausedAddresses'
import { ChoicesTable } from '@/features/settings/notifications/ChoicesTable'
import { PauseChoice } from '@/features/settings/notifications/PauseChoice'
import { ThisDevice } from '@/features/settings/notifications/ThisDevice'
import { ReplyByMail } from '@/features/settings/replies/ReplyByMail'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('notifications')}</PageTitle>
      <Slabs>
        <PausedAddresses />
        <ChoicesTable />
        <ThisDevice />
        <QuietHours />
        <PauseChoice />
        <ReplyByMail />
      </Slabs>
    </>
  )
}
