import { useMutation } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useEnter } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { useLinkToken } from '@/lib/linkToken'
import { texts } from '../door.texts'
import { reverseAddress } from '../doors'
import styles from './account.module.css'
import { DoorClosed, endsTheWay, LinkMissing, WayEnded } from './DoorStates'

/** The way back from an address that somebody changed: it says what it does before it does it. */
export function AddressReversal({ signInAddress }: { signInAddress: string }) {
  const t = useText(texts)
  const token = useLinkToken()
  const enter = useEnter()
  // Every session ended, this browser's too.
  const reverse = useMutation({ mutationFn: reverseAddress, onSuccess: enter })
  useFocusOnStep(reverse.status)
  if (reverse.isSuccess) {
    return (
      <DoorClosed title={t('reversedTitle')} way={{ to: signInAddress, label: t('toSignIn') }}>
        {t('reversedText')}
      </DoorClosed>
    )
  }
  if (token === '') return <LinkMissing askAgainAt={signInAddress} />
  if (endsTheWay(reverse.error)) {
    return (
      <WayEnded
        error={reverse.error}
        signInAddress={signInAddress}
        askAgainAt={signInAddress}
        goneText={t('reversalGoneText')}
      />
    )
  }
  return (
    <>
      <EntranceTitle lead={t('reversalLead')}>{t('reversalTitle')}</EntranceTitle>
      <FormError>{reverse.error && messageOf(reverse.error)}</FormError>
      <p className={styles.note}>{t('reversalText')}</p>
      <Button
        className={styles.submit}
        size="large"
        wide
        busy={reverse.isPending}
        onClick={() => reverse.mutate(token)}
      >
        {t('reversal')}
      </Button>
    </>
  )
}
