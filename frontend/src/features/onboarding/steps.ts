export type OnboardingStep = 'interests' | 'profile' | 'personal_address' | 'passkey'

/** What is liked and who one is first, then what keeps the account: those that are left, in this order. */
const order: readonly OnboardingStep[] = ['interests', 'profile', 'personal_address', 'passkey']

export const stepsLeft = (left: readonly string[], { passkeys }: { passkeys: boolean }): OnboardingStep[] =>
  order.filter((step) => left.includes(step) && (step !== 'passkey' || passkeys))
