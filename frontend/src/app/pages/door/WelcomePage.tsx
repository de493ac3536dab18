import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { knowsPasskeys } from '@/entities/credential/webauthn'
import { useMember } from '@/entities/session/queries'
import { Welcome } from '@/features/onboarding/components/Welcome'
import { stepsLeft } from '@/features/onboarding/steps'
import { paths } from '../../paths'

export function Page() {
  const member = useMember()
  const navigate = useNavigate()
  const [steps] = useState(() => stepsLeft(member.next_steps, { passkeys: knowsPasskeys() }))
  if (steps.length === 0) return <Navigate to={paths.home} replace />
  return (
    <Welcome givenName={member.given_name} steps={steps} onDone={() => navigate({ to: paths.home, replace: true })} />
  )
}
