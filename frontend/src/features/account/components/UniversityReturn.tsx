import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isProblem, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useProvedMutation } from '@/entities/session/proof'
import { type Errand, errandOf } from '@/entities/university/errand'
import { type UniversityAnswer, useReturned } from '@/entities/university/useReturned'
import { useText } from '@/lib/i18n'
import type { SignInAnswer } from '../doors'
import { linkUniversity, proveByUniversity, signInWithUniversity } from '../university'
import { texts } from '../university.texts'
import { DoorClosed } from './DoorStates'
import { WayIn } from './WayIn'

interface UniversityReturnProps {
  provider: string
  /** Once inside, or proved: the page that was wanted. */
  onIn: (next: string) => void
  signInAddress: string
  securityAddress: string
}

/** Where the university sends people back to: hands its answer over, and goes on to what this tab had left for. */
export function UniversityReturn({ provider, onIn, ...addresses }: UniversityReturnProps) {
  const t = useText(texts)
  const returned = useReturned(provider)
  if (returned === null) {
    return (
      <DoorClosed title={t('missingTitle')} way={{ to: addresses.signInAddress, label: t('toSignIn') }}>
        {t('missingText')}
      </DoorClosed>
    )
  }
  const errand = errandOf(returned.state)
  const go = () => onIn(errand.next)
  if (errand.wish === 'link') return <Linking returned={returned} {...addresses} />
  if (errand.wish === 'prove') return <Proving returned={returned} errand={errand} onProved={go} {...addresses} />
  return <WayIn onIn={go}>{(onAnswer) => <SigningIn returned={returned} onAnswer={onAnswer} {...addresses} />}</WayIn>
}

interface StepProps {
  returned: UniversityAnswer
  signInAddress: string
}

function SigningIn({ returned, signInAddress, onAnswer }: StepProps & { onAnswer: (answer: SignInAnswer) => unknown }) {
  const t = useText(texts)
  const handing = useMutation({ mutationFn: signInWithUniversity, onSuccess: onAnswer })
  useOnce(() => handing.mutate(returned))
  useFocusOnStep(handing.isError)
  if (!handing.error) return <Checking />
  return <Failed error={handing.error} way={{ to: signInAddress, label: t('toSignIn') }} />
}

function Proving({ returned, errand, onProved }: StepProps & { errand: Errand; onProved: () => void }) {
  const t = useText(texts)
  const handing = useMutation({ mutationFn: proveByUniversity, onSuccess: onProved })
  useOnce(() => handing.mutate(returned))
  useFocusOnStep(handing.isError)
  if (!handing.error) return <Checking />
  return <Failed error={handing.error} way={{ to: errand.next, label: t('back') }} />
}

function Linking({ returned, securityAddress }: StepProps & { securityAddress: string }) {
  const t = useText(texts)
  const handing = useProvedMutation({ mutationFn: linkUniversity })
  useOnce(() => handing.mutate(returned))
  const way = { to: securityAddress, label: t('toSecurity') }
  useFocusOnStep(handing.status)
  if (handing.isSuccess) {
    return (
      <DoorClosed title={t('linkedTitle')} way={way}>
        {t('linkedText')}
      </DoorClosed>
    )
  }
  if (handing.error) return <Failed error={handing.error} way={way} />
  if (!handing.isError) return <Checking />
  return (
    <>
      <Checking />
      <Button size="large" wide onClick={() => handing.mutate(returned)}>
        {t('again')}
      </Button>
    </>
  )
}

function Checking() {
  const t = useText(texts)
  return (
    <div role="status">
      <EntranceTitle lead={t('checking')}>{t('backTitle')}</EntranceTitle>
    </div>
  )
}

/** An answer is judged once: whatever failed, the way begins again. */
function Failed({ error, way }: { error: unknown; way: { to: string; label: string } }) {
  const t = useText(texts)
  if (isProblem(error, 'identity_unknown')) {
    return (
      <DoorClosed title={t('unknownTitle')} way={way}>
        {t('unknownText')}
      </DoorClosed>
    )
  }
  if (isProblem(error, 'gone')) {
    return (
      <DoorClosed title={t('goneTitle')} way={way}>
        {t('goneText')}
      </DoorClosed>
    )
  }
  const title = isProblem(error, 'university_declined') ? 'declinedTitle' : 'failedTitle'
  return (
    <DoorClosed title={t(title)} way={way}>
      {messageOf(error)}
    </DoorClosed>
  )
}

/** Once for the page, also where effects run twice. */
function useOnce(act: () => void) {
  const first = useRef(act)
  const done = useRef(false)
  useEffect(() => {
    if (done.current) return
    done.current = true
    first.current()
  }, [])
}
