import { useState } from 'react'
import { isProblem } from './problem'

/**
 * A form over something that others change too. What was typed stays when the server's version moves on; what was not
 * typed follows it.
 */
export function useDraft<Saved extends object>(saved: Saved) {
  const [typed, setTyped] = useState<Partial<Saved>>({})
  const [before, setBefore] = useState<Saved>()
  const now: Saved = { ...saved, ...typed }
  return {
    now,
    /** What differs from what is saved: all that needs to be sent. */
    changes: changedIn(saved, now),
    /** Fields that somebody else changed since this form was read; undefined when nobody did. */
    conflict: before && changedFields(before, saved),
    set: (more: Partial<Saved>) => setTyped((earlier) => ({ ...earlier, ...more })),
    /** To be called when the server refused because of the version, before reading the new one. */
    overtaken: () => setBefore(saved),
    reset: () => {
      setTyped({})
      setBefore(undefined)
    },
  }
}

export const isOvertaken = (error: unknown) => isProblem(error) && error.status === 412

export function changedFields<Value extends object>(before: Value, after: Value): (keyof Value)[] {
  return (Object.keys(after) as (keyof Value)[]).filter((field) => !same(before[field], after[field]))
}

function changedIn<Value extends object>(before: Value, after: Value): Partial<Value> {
  return Object.fromEntries(changedFields(before, after).map((field) => [field, after[field]])) as Partial<Value>
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
