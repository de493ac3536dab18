import { PageTitle } from '@/components/PageTitle'
import { MailChoices } from '@/features/settings/preferences/MailChoices'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  return (
    <>
      <PageTitle>{t('mails')}</PageTitle>
      <MailChoices />
    </>
  )
}
