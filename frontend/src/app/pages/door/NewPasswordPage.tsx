import { useNavigate } from '@tanstack/react-router'
import { NewPassword } from '@/features/account/components/NewPassword'
import { paths } from '../../paths'

export function Page() {
  const navigate = useNavigate()
  return (
    <NewPassword
      onIn={() => navigate({ to: paths.home, replace: true })}
      signInAddress={paths.signIn}
      askAgainAt={paths.reset}
    />
  )
}
