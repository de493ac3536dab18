import { useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter } from '@tanstack/react-router'
import { sessionQuery } from '@/entities/session/queries'
import { UniversityReturn } from '@/features/account/components/UniversityReturn'
import { paths } from '../../paths'

export function Page() {
  const provider = useParams({ strict: false, select: ({ provider }: { provider?: string }) => provider ?? '' })
  const router = useRouter()
  const queryClient = useQueryClient()
  /** Who comes for the first time is welcomed, unless a page was wanted. */
  const goOn = (next: string) => {
    const member = queryClient.getQueryData(sessionQuery.queryKey)?.member
    const isNew = member?.next_steps.includes('interests')
    router.history.replace(isNew && next === paths.home ? paths.welcome : next)
  }
  return (
    <UniversityReturn
      provider={provider}
      onIn={goOn}
      signInAddress={paths.signIn}
      securityAddress={paths.settingsSecurity}
    />
  )
}
