export type OnboardingStep = 'interests' | 'profile' | 'telling' | 'personal_address' | 'passkey'

/** What is liked and who one is first, then how one is told, and what keeps the account. */
const order: readonly OnboardingStep[] = ['interests', 'profile', 'telling', 'personal_address', 'passkey']

/** Those that are left, in this order. How one is told is asked of who is new, as what he likes is. */
export const stepsLeft = (left: readonly string[], { passkeys }: { passkeys: boolean }): OnboardingStep[] =>
  order.filter((step) => left.includes(step === 'telling' ? 'interests' : step) && (step !== 'passkey' || passkeys))
