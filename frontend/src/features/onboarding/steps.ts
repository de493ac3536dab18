export type OnboardingStep = 'personal_address' | 'passkey'

/** What keeps the account: those that are left, in this order. */
const order: readonly OnboardingStep[] = ['personal_address', 'passkey']

export const stepsLeft = (left: readonly string[], { passkeys }: { passkeys: boolean }): OnboardingStep[] =>
  order.filter((step) => left.includes(step) && (step !== 'passkey' || passkeys))
