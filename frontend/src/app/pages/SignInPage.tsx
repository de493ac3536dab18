import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { organisationQuery } from '@/entities/organisation/queries'
import { SignIn } from '@/features/account/components/SignIn'
import { paths } from '../paths'

/** The way in. */
export function SignInPage() {
  const { data: organisation } = useQuery(organisationQuery)
  const open = organisation?.registration === 'domains'
  const next = useSearch({ strict: false, select: ({ next }: { next?: string }) => next ?? paths.home })
  return <SignIn next={next} resetAddress={paths.reset} joinAddress={open ? paths.join : null} />
}
