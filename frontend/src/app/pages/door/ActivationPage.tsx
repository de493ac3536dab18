import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { sessionQuery } from '@/entities/session/queries'
import { Activation } from '@/features/account/components/Activation'
import { ConfirmLink } from '@/features/account/components/ConfirmLink'
import { texts } from '@/features/account/door.texts'
import { confirmActivation } from '@/features/account/doors'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'

/** Whoever has a session is asked whether the record is his own; the others open the account that was prepared. */
export function Page() {
  const { data, isPending } = useQuery(sessionQuery)
  if (isPending) return <LoadingSlab />
  return <For memberName={data?.member?.name ?? null} />
}

function For({ memberName }: { memberName: string | null }) {
  const t = useText(texts)
  const navigate = useNavigate()
  const [here] = useState(memberName) // The one who opened the page: entering by it changes the session.
  const onIn = () => navigate({ to: paths.welcome, replace: true })
  if (here !== null) {
    return <Activation memberName={here} onIn={onIn} homeAddress={paths.home} signInAddress={paths.signIn} />
  }
  return (
    <ConfirmLink
      title={t('activateTitle')}
      lead={t('activateLead')}
      action={t('activate')}
      spend={confirmActivation}
      onIn={onIn}
      signInAddress={paths.signIn}
      askAgainAt={paths.signIn}
    />
  )
}
