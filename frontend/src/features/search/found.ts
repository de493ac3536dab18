import { type Count, type Hit, type Kind, kinds, type Passage } from './types'

/** Everything, or one kind alone. */
export type Scope = 'all' | Kind
/** The same, or several kinds: of none, all. */
type Looked = Scope | readonly Kind[]

/** How many of a kind are shown among all the others. */
const MOST = 4

export interface Group {
  kind: Kind
  hits: Hit[]
}

export const keyOf = ({ kind, id }: Pick<Hit, 'kind' | 'id'>) => `${kind}:${id}`

export const textOf = (passages: readonly Passage[]) => passages.map(({ text }) => text).join('')

/** The same, on one line where there is little room: what was looked for is near its beginning. */
export function beginningNear(passages: readonly Passage[], before: number): Passage[] {
  const first = passages.findIndex(({ is_match }) => is_match)
  const lead = first === -1 ? '' : textOf(passages.slice(0, first))
  if (lead.length <= before) return [...passages]
  const kept = lead.slice(-before).replace(/^\S*\s+/, '')
  return [{ text: `…${kept}`, is_match: false }, ...passages.slice(first)]
}

/** By kind, always in the same order; names that were offered while one wrote come after what was found. */
export function groupsOf(found: readonly Hit[], offered: readonly Hit[], scope: Scope): Group[] {
  const known = new Set(found.map(keyOf))
  const all = [...found, ...offered.filter((hit) => !known.has(keyOf(hit)))]
  return kinds.flatMap((kind) => {
    if (scope !== 'all' && scope !== kind) return []
    const hits = all.filter((hit) => hit.kind === kind)
    return hits.length === 0 ? [] : [{ kind, hits: scope === 'all' ? hits.slice(0, MOST) : hits }]
  })
}

/** The kinds of which something was found, and those that are looked at. */
export const scopesOf = (counts: readonly Count[], looked: Looked): Kind[] =>
  kinds.filter((kind) => named(looked).includes(kind) || countOf(counts, kind).count > 0)

export function countOf(counts: readonly Count[], looked: Looked): Pick<Count, 'count' | 'is_limited'> {
  const some = named(looked)
  const counted = counts.filter(({ kind }) => some.length === 0 || some.includes(kind))
  return {
    count: counted.reduce((sum, { count }) => sum + count, 0),
    is_limited: counted.some(({ is_limited }) => is_limited),
  }
}

function named(looked: Looked): readonly Kind[] {
  if (typeof looked !== 'string') return looked
  return looked === 'all' ? [] : [looked]
}
