import { useQuery } from '@tanstack/react-query'
import { PageTitle } from '@/components/PageTitle'
import { meQuery } from '@/features/settings/account/queries'
import { Security } from '@/features/settings/security/Security'
import { useText } from '@/lib/i18n'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const { data: me } = useQuery(meQuery)
  return (
    <>
      <PageTitle>{t('security')}</PageTitle>
      <Security email={me?.data.email} />
    </>
  )
}
