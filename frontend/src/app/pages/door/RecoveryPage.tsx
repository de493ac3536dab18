import { useNavigate } from '@tanstack/react-router'
import { ConfirmLink } from '@/features/account/components/ConfirmLink'
import { texts } from '@/features/account/door.texts'
import { confirmRecovery } from '@/features/account/doors'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  return (
    <ConfirmLink
      title={t('recoverTitle')}
      lead={t('recoverLead')}
      action={t('recover')}
      spend={confirmRecovery}
      onIn={() => navigate({ to: paths.home, replace: true })}
      signInAddress={paths.signIn}
      askAgainAt={paths.signIn}
    />
  )
}
