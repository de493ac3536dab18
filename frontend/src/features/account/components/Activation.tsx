import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { ErrorState } from '@/components/states/ErrorState'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useProvedMutation } from '@/entities/session/proof'
import { useText } from '@/lib/i18n'
import { useLinkToken } from '@/lib/linkToken'
import { texts } from '../door.texts'
import { confirmActivation, joinRecord, previewActivation, type SignInAnswer } from '../doors'
import styles from './account.module.css'
import { DoorClosed, endsTheWay, LinkMissing, WayEnded } from './DoorStates'
import { WayIn } from './WayIn'

interface ActivationProps {
  /** Who is signed in here already. */
  memberName: string
  onIn: () => void
  homeAddress: string
  signInAddress: string
}

/** An activation link, opened by somebody who has an account: the record it is for may be his. */
export function Activation({ onIn, ...rest }: ActivationProps) {
  const token = useLinkToken()
  return <WayIn onIn={onIn}>{(onAnswer) => <Choice token={token} onAnswer={onAnswer} {...rest} />}</WayIn>
}

interface ChoiceProps extends Omit<ActivationProps, 'onIn'> {
  token: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
}

function Choice({ token, memberName, onAnswer, homeAddress, signInAddress }: ChoiceProps) {
  const t = useText(texts)
  const queryClient = useQueryClient()
  const preview = useQuery({
    queryKey: ['activation', token],
    queryFn: () => previewActivation(token),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const join = useProvedMutation({
    mutationFn: () => joinRecord(token),
    onSuccess: () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'activation' }),
  })
  const open = useMutation({ mutationFn: () => confirmActivation(token), onSuccess: onAnswer })
  const ended = [preview.error, join.error, open.error].find(endsTheWay)
  useFocusOnStep(ended ?? join.isSuccess)

  if (token === '') return <LinkMissing askAgainAt={signInAddress} />
  if (join.isSuccess) {
    return (
      <DoorClosed title={t('joinedTitle')} way={{ to: homeAddress, label: t('toHome') }}>
        {t('joinedText')}
      </DoorClosed>
    )
  }
  if (ended) return <WayEnded error={ended} signInAddress={signInAddress} askAgainAt={signInAddress} />
  if (preview.error) {
    return (
      <ErrorState heading="h1" onRetry={() => preview.refetch()}>
        {messageOf(preview.error)}
      </ErrorState>
    )
  }
  if (!preview.data) return <LoadingSlab />
  const { name, email, affiliations } = preview.data
  const failure = join.error ?? open.error
  return (
    <>
      <EntranceTitle lead={t.rich('recordLead', { name: <b>{memberName}</b> })}>{t('recordTitle')}</EntranceTitle>
      <dl className={styles.record}>
        <dt>{t('recordName')}</dt>
        <dd>{name}</dd>
        <dt>{t('recordEmail')}</dt>
        <dd>{email}</dd>
        {affiliations.length > 0 && (
          <>
            <dt>{t('recordAffiliations')}</dt>
            <dd>{affiliations.join(', ')}</dd>
          </>
        )}
      </dl>
      <FormError>{failure && messageOf(failure)}</FormError>
      <div className={styles.stack}>
        <Button size="large" wide busy={join.isPending} onClick={() => join.mutate()}>
          {t('recordMine')}
        </Button>
        <Button size="large" wide look="secondary" busy={open.isPending} onClick={() => open.mutate()}>
          {t('recordApart')}
        </Button>
      </div>
      <p className={styles.aside}>{t('recordWhat')}</p>
    </>
  )
}
