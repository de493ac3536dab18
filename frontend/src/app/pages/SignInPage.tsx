import { EntranceTitle } from '@/components/EntranceTitle'
import { useText } from '@/lib/i18n'
import { texts } from '../texts'

/** The way in. */
export function SignInPage() {
  const t = useText(texts)
  return (
    <EntranceTitle window={t('signIn')} lead={t('welcomeLead')}>
      {t('welcome')}
    </EntranceTitle>
  )
}
