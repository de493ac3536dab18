import { useNavigate } from '@tanstack/react-router'
import { Invitation } from '@/features/account/components/Invitation'
import { paths } from '../../paths'

export function Page() {
  const navigate = useNavigate()
  return <Invitation onIn={() => navigate({ to: paths.welcome, replace: true })} signInAddress={paths.signIn} />
}
