export const SHORTEST = 12
export const LONGEST = 256

export interface Strength {
  level: 'short' | 'enough' | 'good' | 'strong' | 'long'
  /** Bars of three. */
  bars: 0 | 1 | 2 | 3
  /** Characters that are still to be typed. */
  missing: number
}

/** Length is what counts (NIST SP 800-63B section 3.1.1.2); the server also refuses what is tried first. */
export function strengthOf(password: string): Strength {
  const length = [...password.normalize('NFKC')].length
  if (length < SHORTEST) return { level: 'short', bars: 0, missing: SHORTEST - length }
  if (length > LONGEST) return { level: 'long', bars: 0, missing: 0 }
  if (length < 16) return { level: 'enough', bars: 1, missing: 0 }
  return length < 20 ? { level: 'good', bars: 2, missing: 0 } : { level: 'strong', bars: 3, missing: 0 }
}
