import { PageTitle } from '@/components/PageTitle'
import { ChatChoices } from '@/features/chat/components/ChatChoices'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('messages')}</PageTitle>
      <ChatChoices />
    </>
  )
}
