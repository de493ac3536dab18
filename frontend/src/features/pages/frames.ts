import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Kinds of binary frames: those of y-protocols, and writes that the server acknowledges. */
const SYNC = 0
const AWARENESS = 1
const WRITE = 10
/** Parts of a sync: what one has, what the other lacks, what was written since. */
const STEP_1 = 0
const STEP_2 = 1

export type Heard =
  /** The other side tells what it has, and waits for what it lacks. */
  | { kind: 'asked' }
  /** What this side lacked, or what was written; `whole` when all is there with it. */
  | { kind: 'update'; update: Uint8Array; whole: boolean }
  | { kind: 'awareness'; update: Uint8Array }
  | { kind: 'unknown' }

/** Tells what is here, so that the rest comes. */
export const asking = (stateVector: Uint8Array) =>
  made((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, STEP_1)
    encoding.writeVarUint8Array(encoder, stateVector)
  })

/** What was written here, under a number that the server says again once it is durable. */
export const writing = (number: number, update: Uint8Array) =>
  made((encoder) => {
    encoding.writeVarUint(encoder, WRITE)
    encoding.writeVarUint(encoder, number)
    encoding.writeVarUint8Array(encoder, update)
  })

export const pointing = (awareness: Uint8Array) =>
  made((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(encoder, awareness)
  })

export function heardIn(data: ArrayBuffer): Heard {
  const decoder = decoding.createDecoder(new Uint8Array(data))
  const kind = decoding.readVarUint(decoder)
  if (kind === AWARENESS) return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) }
  if (kind !== SYNC) return { kind: 'unknown' }
  const part = decoding.readVarUint(decoder)
  if (part === STEP_1) return { kind: 'asked' }
  return { kind: 'update', update: decoding.readVarUint8Array(decoder), whole: part === STEP_2 }
}

function made(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>
}
