import { Link } from '@tanstack/react-router'
import { PageTitle } from '@/components/PageTitle'
import { useMember } from '@/entities/session/queries'
import { ProfileEditor } from '@/features/profiles/edit/ProfileEditor'
import { useText } from '@/lib/i18n'
import { paths, personAddress } from '../../paths'
import { texts } from './texts'

export function Page() {
  const t = useText(texts)
  const { id } = useMember()
  return (
    <>
      <PageTitle lead={t('profileLead')}>{t('profile')}</PageTitle>
      <ProfileEditor
        links={{
          profile: (words) => <Link to={personAddress(id)}>{words}</Link>,
          account: (words) => <Link to={paths.settingsAccount}>{words}</Link>,
          interests: (words) => <Link to={paths.settingsInterests}>{words}</Link>,
        }}
      />
    </>
  )
}
