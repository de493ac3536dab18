import { useState } from 'react'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import { LinkSent } from './LinkSent'
import { SignInStart } from './SignInStart'
import { WayIn } from './WayIn'

interface SignInProps {
  /** The page that is wanted after, for the way that leaves this one. */
  next: string
  resetAddress: string
  /** Where to register; nothing when only invited people come in. */
  joinAddress: string | null
}

/** The way in; the session it opens leads on from this page. */
export function SignIn({ next, resetAddress, joinAddress }: SignInProps) {
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  useFocusOnStep(sent)
  const asked = (to: string) => {
    setEmail(to)
    setSent(true)
  }
  return (
    <WayIn>
      {(onAnswer) =>
        sent ? (
          <LinkSent email={email} onAnswer={onAnswer} onOtherAddress={() => setSent(false)} />
        ) : (
          <SignInStart
            email={email}
            onAsked={asked}
            onAnswer={onAnswer}
            next={next}
            resetAddress={resetAddress}
            joinAddress={joinAddress}
          />
        )
      }
    </WayIn>
  )
}
