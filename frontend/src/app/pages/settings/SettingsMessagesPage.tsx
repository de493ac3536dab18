import { PageTitle } from '@/components/PageTitle'
import { Slabs } from '@/components/Slab'
import { ChatChoices } from '@/features/chat/components/ChatChoices'
import { PresenceChoice } from '@/features/settings/account/PresenceChoice'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('messages')}</PageTitle>
      <Slabs>
        <ChatChoices />
        <PresenceChoice />
      </Slabs>
    </>
  )
}
