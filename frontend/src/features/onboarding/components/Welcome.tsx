import { useState } from 'react'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import type { OnboardingStep } from '../steps'
import { InterestsStep } from './InterestsStep'
import { PasskeyStep } from './PasskeyStep'
import { PersonalAddressStep } from './PersonalAddressStep'
import { ProfileStep } from './ProfileStep'
import { TellingStep } from './TellingStep'

export interface StepProps {
  now: number
  of: number
  onNext: () => void
}

interface WelcomeProps {
  givenName: string
  /** What was left to do on arrival. */
  steps: readonly OnboardingStep[]
  onDone: () => void
}

/** After the first sign-in: what one likes, who one is, how one is told, then two ways in that last. Each can be passed over. */
export function Welcome({ givenName, steps, onDone }: WelcomeProps) {
  const [index, setIndex] = useState(0)
  useFocusOnStep(index)
  const step = steps[index]
  if (step === undefined) return null
  const go: StepProps = {
    now: index + 1,
    of: steps.length,
    onNext: () => (index + 1 < steps.length ? setIndex(index + 1) : onDone()),
  }
  return shown(step, go, givenName)
}

function shown(step: OnboardingStep, go: StepProps, givenName: string) {
  switch (step) {
    case 'interests':
      return <InterestsStep givenName={givenName} {...go} />
    case 'profile':
      return <ProfileStep {...go} />
    case 'telling':
      return <TellingStep {...go} />
    case 'personal_address':
      return <PersonalAddressStep {...go} />
    case 'passkey':
      return <PasskeyStep {...go} />
  }
}
