import { ByMail } from '@/features/bymail/ByMail'
import { paths } from '../../paths'

export function Page() {
  return <ByMail signInAddress={paths.signIn} />
}
