/** What the server may say is left to do, in the order of their weight for keeping an account. */
export const stepCodes = ['personal_address', 'passkey', 'profile', 'interests'] as const
export type StepCode = (typeof stepCodes)[number]

/** Those that this version knows how to show. */
export const knownSteps = (left: readonly string[]): StepCode[] => stepCodes.filter((code) => left.includes(code))
