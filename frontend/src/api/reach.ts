import { reportReach } from '@/lib/online'
import { askedEarly } from './early'
import { Unreachable } from './problem'

const FIRST_WAIT = 2_000
const LONGEST_WAIT = 30_000

let watching = false

/** `fetch` that tells whether the server was reached, and throws `Unreachable` when not. */
export async function reach(request: Request): Promise<Response> {
  try {
    const response = await (askedEarly(request) ?? fetch(request))
    reportReach(true)
    return response
  } catch (error) {
    if (request.signal.aborted) throw error
    reportReach(false)
    void watchForReturn()
    throw new Unreachable(error)
  }
}

/** Knocks, less and less often, so that the banner leaves by itself. */
async function watchForReturn() {
  if (watching) return
  watching = true
  for (let wait = FIRST_WAIT; !(await answers()); wait = Math.min(wait * 2, LONGEST_WAIT)) await pause(wait)
  watching = false
  reportReach(true)
}

async function answers(): Promise<boolean> {
  try {
    await fetch('/health/live', { cache: 'no-store' })
    return true
  } catch {
    return false
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
