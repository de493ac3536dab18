import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { organisationQuery } from '@/entities/organisation/queries'
import { Join } from '@/features/account/components/Join'
import { paths } from '../../paths'

export function Page() {
  const { data: organisation, isError, refetch } = useQuery(organisationQuery)
  if (isError) return <ErrorState heading="h1" onRetry={() => refetch()} />
  if (!organisation) return <LoadingSlab />
  return <Join organisation={organisation} signInAddress={paths.signIn} />
}
