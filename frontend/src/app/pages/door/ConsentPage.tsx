import { useSearch } from '@tanstack/react-router'
import { useMember } from '@/entities/session/queries'
import { Consent } from '@/features/account/components/Consent'
import type { AuthorizationQuery } from '@/features/account/consent'
import { paths } from '../../paths'

export function Page() {
  // Whatever it holds: the server judges it.
  const request: AuthorizationQuery = useSearch({ strict: false, select: (search) => search as AuthorizationQuery })
  const { name } = useMember()
  return <Consent request={request} memberName={name} homeAddress={paths.home} onLeave={leave} />
}

const leave = (url: string) => window.location.assign(url)
