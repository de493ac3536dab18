import { useNavigate } from '@tanstack/react-router'
import { ConfirmLink } from '@/features/account/components/ConfirmLink'
import { texts } from '@/features/account/door.texts'
import { signInWithLink } from '@/features/account/doors'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'

export function Page() {
  const t = useText(texts)
  const navigate = useNavigate()
  return (
    <ConfirmLink
      title={t('signInTitle')}
      lead={t('signInLead')}
      action={t('signIn')}
      spend={signInWithLink}
      onIn={() => navigate({ to: paths.home, replace: true })}
      signInAddress={paths.signIn}
      askAgainAt={paths.signIn}
    />
  )
}
