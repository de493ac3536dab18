import { useNavigate } from '@tanstack/react-router'
import { ConfirmLink } from '@/features/account/components/ConfirmLink'
import { texts } from '@/features/account/door.texts'
import { confirmRegistration } from '@/features/account/doors'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  return (
    <ConfirmLink
      title={t('verifyTitle')}
      lead={t('verifyLead')}
      action={t('verify')}
      spend={confirmRegistration}
      onIn={() => navigate({ to: paths.welcome, replace: true })}
      signInAddress={paths.signIn}
      askAgainAt={paths.join}
    />
  )
}
