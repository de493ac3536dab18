import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { FormError } from '@/components/forms/FormError'
import { PermissionState } from '@/components/states/PermissionState'
import { ProofDeclined, proofQuery, proveNow } from '@/entities/session/proof'
import { sessionQuery } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { texts } from './i18n'

/** In place of a page that a role opens, once a second factor is proved: that is done here, or set up where it is. */
export function SecondFactorNeeded({ title, setUpAt }: { title: string; setUpAt: string }) {
  const t = useText(texts)
  useTitle(title)
  return (
    <Loaded query={useQuery(proofQuery)} lines={3}>
      {({ kinds }) =>
        kinds.includes('passkey') || kinds.includes('totp') ? (
          <PermissionState heading="h1" title={t('secondFactorTitle')} action={<ProveIt />}>
            {t('secondFactorUse')}
          </PermissionState>
        ) : (
          <PermissionState
            heading="h1"
            title={t('secondFactorTitle')}
            action={<ButtonLink to={setUpAt}>{t('secondFactorSetUp')}</ButtonLink>}
          >
            {t('secondFactorLead')}
          </PermissionState>
        )
      }
    </Loaded>
  )
}

function ProveIt() {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const proving = useMutation({
    mutationFn: proveNow,
    onSuccess: () => queryClient.invalidateQueries(sessionQuery),
  })
  const failure = proving.error instanceof ProofDeclined ? null : proving.error
  return (
    <>
      <FormError>{failure && messageOf(failure)}</FormError>
      <Button busy={proving.isPending} onClick={() => proving.mutate()}>
        {t('secondFactorGo')}
      </Button>
    </>
  )
}
