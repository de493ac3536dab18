import { useEffect, useSyncExternalStore } from 'react'
import type { ClientFrame, components } from './frames.gen'

type Eph = components['schemas']['Eph']
type Say = (frame: ClientFrame) => void

/** Something on a topic that this member follows. */
export interface Place {
  topic: string
  /** Null: the place itself. */
  about: string | null
}

/** The others who look at the same place, and those of them who write; of a crowd the number alone is known. */
export interface Present {
  writers: readonly string[]
  viewers: readonly string[]
  count: number
}

/** How long somebody who wrote is said to write. */
export const WRITES_FOR = 5_000
const TYPE_EVERY = 3_000

let say: Say | undefined
let place: Place | null = null
let writers = new Map<string, ReturnType<typeof setTimeout>>()
let viewers = new Set<string>()
let counted: number | null = null
let shown: Present = { writers: [], viewers: [], count: 0 }
let typedAt = 0
const listeners = new Set<() => void>()

/** Called by the socket: by what to say something, once it is live; nothing when it has ended. */
export function connected(given: Say | undefined) {
  say = given
  forget()
  if (place !== null) say?.({ type: 'view', ...place })
}

/** Called by the socket with what is true for the moment. */
export function hearEphemeral({ kind, topic, about, member_ids: ids, count }: Eph) {
  if (topic !== place?.topic || about !== place.about) return
  if (kind === 'viewing') {
    viewers = new Set(ids)
    counted = count
  }
  for (const who of ids) hear(kind, who)
  tell()
}

function hear(kind: Eph['kind'], who: string) {
  clearTimeout(writers.get(who))
  if (kind === 'typing')
    writers.set(
      who,
      setTimeout(() => stopped(who), WRITES_FOR),
    )
  else writers.delete(who)
  if (kind === 'came') viewers.add(who)
  else if (kind === 'left') viewers.delete(who)
}

/** Whoever looks at the same is told that something is being written. */
export function typeHere() {
  // What nobody was told is said with the next key.
  if (say === undefined || Date.now() - typedAt < TYPE_EVERY) return
  typedAt = Date.now()
  say({ type: 'typing' })
}

/** How many others write where this looks, while it is shown. */
export const useWriters = (topic: string, about: string): number => usePresent(topic, about).writers.length

const NOBODY: Present = { writers: [], viewers: [], count: 0 }

/** Who else looks where this looks, and writes there, while it is shown. */
export function usePresent(topic: string, about: string | null): Present {
  useEffect(() => {
    const mine = { topic, about }
    look(mine)
    return () => {
      if (place === mine) look(null)
    }
  }, [topic, about])
  return useSyncExternalStore(subscribe, () => (place?.topic === topic && place.about === about ? shown : NOBODY))
}

let online: number | null = null

/** Called by the socket: how many members are connected, when that may be told. */
export function hearOnline(count: number | null | undefined) {
  if (online === (count ?? null)) return
  online = count ?? null
  tell()
}

/** How many members of the organisation are connected: one number for all, of at most a minute ago. */
export const useOnlineCount = () => useSyncExternalStore(subscribe, () => online)

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
  viewers = new Set()
  counted = null
  tell()
}

function tell() {
  shown = { writers: [...writers.keys()], viewers: [...viewers], count: counted ?? viewers.size }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
