import { AddressReversal } from '@/features/account/components/AddressReversal'
import { paths } from '../../paths'

export function Page() {
  return <AddressReversal signInAddress={paths.signIn} />
}
