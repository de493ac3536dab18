import { useMutation, useQuery } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useText } from '@/lib/i18n'
import { useLinkToken } from '@/lib/linkToken'
import { texts } from '../door.texts'
import { acceptInvitation, previewInvitation, type SignInAnswer } from '../doors'
import styles from './account.module.css'
import { endsTheWay, LinkMissing, WayEnded } from './DoorStates'
import { InvitationForm } from './InvitationForm'
import { MailSent } from './MailSent'
import { WayIn } from './WayIn'

interface InvitationProps {
  onIn: () => void
  signInAddress: string
}

/** An invitation: from whom, then a name and, when the link is for many, an address. */
export function Invitation({ onIn, signInAddress }: InvitationProps) {
  const token = useLinkToken()
  return (
    <WayIn onIn={onIn}>{(onAnswer) => <Open token={token} onAnswer={onAnswer} signInAddress={signInAddress} />}</WayIn>
  )
}

interface OpenProps {
  token: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
  signInAddress: string
}

function Open({ token, onAnswer, signInAddress }: OpenProps) {
  const t = useText(texts)
  const preview = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => previewInvitation(token),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const accept = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: (answer) => (answer.status === 'asked' ? undefined : onAnswer(answer)),
  })
  useFocusOnStep(accept.data?.status)
  if (token === '') return <LinkMissing askAgainAt={signInAddress} />
  const ended = [preview.error, accept.error].find(endsTheWay)
  if (ended) {
    return (
      <WayEnded
        error={ended}
        signInAddress={signInAddress}
        askAgainAt={signInAddress}
        goneText={t('invitationGoneText')}
      />
    )
  }
  if (accept.data?.status === 'asked') {
    return (
      <MailSent title={t('sentTitle')} onOtherAddress={() => accept.reset()}>
        {t.rich('invitedText', { email: <b className={styles.strong}>{accept.variables?.email}</b> })}
      </MailSent>
    )
  }
  if (preview.error) {
    return (
      <ErrorState heading="h1" onRetry={() => preview.refetch()}>
        {messageOf(preview.error)}
      </ErrorState>
    )
  }
  if (!preview.data) return <LoadingSlab />
  return (
    <InvitationForm
      invitation={preview.data}
      busy={accept.isPending}
      failure={accept.error}
      onAccept={(given) => accept.mutate({ token, ...given })}
    />
  )
}
