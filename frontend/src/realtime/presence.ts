import { useEffect, useSyncExternalStore } from 'react'
import type { ClientFrame, components } from './frames.gen'

type Eph = components['schemas']['Eph']
type Say = (frame: ClientFrame) => void

/** Something on a topic that this member follows. */
export interface Place {
  topic: string
  about: string
}

/** How long somebody who wrote is said to write. */
export const WRITES_FOR = 5_000
const TYPE_EVERY = 3_000

let say: Say | undefined
let place: Place | null = null
let writers = new Map<string, ReturnType<typeof setTimeout>>()
let typedAt = 0
const listeners = new Set<() => void>()

/** Called by the socket: by what to say something, once it is live; nothing when it has ended. */
export function connected(given: Say | undefined) {
  say = given
  forget()
  if (place !== null) say?.({ type: 'view', ...place })
}

/** Called by the socket with what is true for the moment. */
export function hearEphemeral({ kind, topic, about, member_ids: [who] }: Eph) {
  if (who === undefined || topic !== place?.topic || about !== place.about) return
  clearTimeout(writers.get(who))
  if (kind === 'typing')
    writers.set(
      who,
      setTimeout(() => stopped(who), WRITES_FOR),
    )
  else if (kind === 'left') writers.delete(who)
  tell()
}

/** Whoever looks at the same is told that something is being written. */
export function typeHere() {
  if (Date.now() - typedAt < TYPE_EVERY) return
  typedAt = Date.now()
  say?.({ type: 'typing' })
}

/** How many others write where this looks, while it is shown. */
export function useWriters(topic: string, about: string): number {
  useEffect(() => {
    const mine = { topic, about }
    look(mine)
    return () => {
      if (place === mine) look(null)
    }
  }, [topic, about])
  return useSyncExternalStore(subscribe, () => (place?.topic === topic && place.about === about ? writers.size : 0))
}

function look(where: Place | null) {
  place = where
  forget()
  say?.({ type: 'view', topic: where?.topic ?? null, about: where?.about ?? null })
}

function stopped(who: string) {
  writers.delete(who)
  tell()
}

function forget() {
  for (const timer of writers.values()) clearTimeout(timer)
  writers = new Map()
  tell()
}

function tell() {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
