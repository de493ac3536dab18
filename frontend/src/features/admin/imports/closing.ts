import type { Kind } from '../kinds'
import type { ImportDraft } from './queries'

/** What is closed when the file no longer has it. `most`: per cent, as it is typed. */
export interface Closing {
  complete: boolean
  kinds: readonly Kind[]
  most: string
}

/** As the server has it unless it is said: graduation speaks for alumni, not a file. */
export const usualClosing: Closing = {
  complete: false,
  kinds: ['student', 'faculty', 'staff', 'employee'],
  most: '20',
}

/** The field that keeps it from being sent. */
export function faultOf({ complete, kinds, most }: Closing): 'kinds' | 'most' | undefined {
  if (!complete) return undefined
  if (kinds.length === 0) return 'kinds'
  return /^\d{1,3}$/.test(most) && Number(most) <= 100 ? undefined : 'most'
}

/** How a draft says it. Of a file that closes nothing, the rest goes as usual. */
export function saidOf(closing: Closing): Pick<ImportDraft, 'complete' | 'kinds' | 'most_closed_percent'> {
  const { complete, kinds, most } = closing.complete ? closing : usualClosing
  return { complete, kinds: [...kinds], most_closed_percent: Number(most) }
}
