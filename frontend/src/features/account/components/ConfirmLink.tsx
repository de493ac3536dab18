import { useMutation } from '@tanstack/react-query'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useLinkToken } from '@/lib/linkToken'
import type { SignInAnswer } from '../doors'
import { endsTheWay, LinkMissing, WayEnded } from './DoorStates'
import { WayIn } from './WayIn'

interface ConfirmLinkProps {
  title: string
  lead: string
  /** The button: a link is spent by a person, never by the robots that read mail. */
  action: string
  spend: (token: string) => Promise<SignInAnswer>
  onIn: () => void
  signInAddress: string
  /** Where another link is asked for. */
  askAgainAt: string
}

/** A link of a mail that lets its reader in, by one press. */
export function ConfirmLink({ spend, onIn, ...words }: ConfirmLinkProps) {
  const token = useLinkToken()
  return <WayIn onIn={onIn}>{(onAnswer) => <Press token={token} spend={spend} onAnswer={onAnswer} {...words} />}</WayIn>
}

interface PressProps extends Omit<ConfirmLinkProps, 'onIn'> {
  token: string
  onAnswer: (answer: SignInAnswer) => Promise<void>
}

function Press({ token, title, lead, action, spend, onAnswer, signInAddress, askAgainAt }: PressProps) {
  const press = useMutation({ mutationFn: spend, onSuccess: onAnswer })
  const ended = endsTheWay(press.error)
  useFocusOnStep(ended)
  if (token === '') return <LinkMissing askAgainAt={askAgainAt} />
  if (ended) {
    return <WayEnded error={press.error} signInAddress={signInAddress} askAgainAt={askAgainAt} />
  }
  return (
    <>
      <EntranceTitle lead={lead}>{title}</EntranceTitle>
      <FormError>{press.error && messageOf(press.error)}</FormError>
      <Button size="large" wide busy={press.isPending} onClick={() => press.mutate(token)}>
        {action}
      </Button>
    </>
  )
}
