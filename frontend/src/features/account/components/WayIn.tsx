import { type ReactNode, useState } from 'react'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { useEnter } from '@/entities/session/queries'
import type { SignInAnswer } from '../doors'
import { Leaving } from './Leaving'
import { OtherBrowserCode } from './OtherBrowserCode'
import { SecondFactor } from './SecondFactor'

interface WayInProps {
  /** The first step; it hands over what the server answered. */
  children: (onAnswer: (answer: SignInAnswer) => Promise<void>) => ReactNode
  /** Once inside, where the page does not lead on by itself. */
  onIn?: (() => void) | undefined
}

/** Any way in: its first step, then what the server still asks for, then the session. */
export function WayIn({ children, onIn }: WayInProps) {
  const enter = useEnter()
  const [left, setLeft] = useState<Exclude<SignInAnswer, { status: 'signed_in' }> | null>(null)

  useFocusOnStep(left?.status)

  const take = async (answer: SignInAnswer) => {
    if (answer.status !== 'signed_in') return setLeft(answer)
    await enter()
    onIn?.()
  }

  if (left === null) return children(take)
  if (left.status === 'other_browser') return <OtherBrowserCode code={left.code} />
  if (left.status === 'leaving') {
    return <Leaving ticket={left.ticket} leavesAt={left.leaves_at} onAnswer={take} onLeave={() => setLeft(null)} />
  }
  return <SecondFactor ticket={left.ticket} onAnswer={take} onRestart={() => setLeft(null)} />
}
