import { useQuery } from '@tanstack/react-query'
import { organisationQuery } from '@/entities/organisation/queries'
import { SignIn } from '@/features/account/components/SignIn'
import { paths } from '../paths'

/** The way in. */
export function SignInPage() {
  const { data: organisation } = useQuery(organisationQuery)
  const open = organisation?.registration === 'domains'
  return <SignIn resetAddress={paths.reset} joinAddress={open ? paths.join : null} />
}
