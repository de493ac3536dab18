import { ForgottenPassword } from '@/features/account/components/ForgottenPassword'
import { paths } from '../../paths'

export function Page() {
  return <ForgottenPassword signInAddress={paths.signIn} />
}
