import { useEffect, useState } from 'react'
import type { Document } from './types'

export interface Selection {
  ids: ReadonlySet<string>
  chosen: readonly Document[]
  toggle: (id: string) => void
  /** From the last that was chosen to this one. */
  extend: (id: string) => void
  all: () => void
  clear: () => void
}

/** Which documents of a list are chosen; what leaves the list is chosen no more. */
export function useSelection(documents: readonly Document[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string>()
  const chosen = documents.filter(({ id }) => ids.has(id))
  const isStale = chosen.length < ids.size
  useEffect(() => {
    if (isStale) setIds((held) => new Set(documents.filter(({ id }) => held.has(id)).map(({ id }) => id)))
  }, [isStale, documents])
  return {
    ids,
    chosen,
    toggle: (id) => {
      setLast(id)
      setIds((held) => (held.has(id) ? new Set([...held].filter((one) => one !== id)) : new Set([...held, id])))
    },
    extend: (id) => {
      const at = documents.findIndex((one) => one.id === id)
      const from = documents.findIndex((one) => one.id === last)
      const between = documents.slice(Math.min(from < 0 ? at : from, at), Math.max(from, at) + 1)
      setIds((held) => new Set([...held, ...between.map((one) => one.id)]))
    },
    all: () => setIds(new Set(documents.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}
