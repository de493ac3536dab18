export type OnboardingStep = 'interests' | 'personal_address' | 'passkey'

/** What is liked first, then what keeps the account: those that are left, in this order. */
const order: readonly OnboardingStep[] = ['interests', 'personal_address', 'passkey']

export const stepsLeft = (left: readonly string[], { passkeys }: { passkeys: boolean }): OnboardingStep[] =>
  order.filter((step) => left.includes(step) && (step !== 'passkey' || passkeys))
