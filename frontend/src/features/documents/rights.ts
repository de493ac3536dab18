import type { Grant, Level, Person, RightsDraft } from './types'

/** To whom a right is given. */
export interface Given {
  kind: 'member' | 'community' | 'audience'
  id: string
  /** Empty where the reader may not know whom it is to. */
  name: string
  person: Person | null
  level: Level
  /** The folder above where it was given; null when that is here. */
  from: string | null
}

export function givenOf({
  level,
  member,
  member_id,
  community,
  community_id,
  audience,
  audience_id,
  source,
}: Grant): Given {
  const common = { level, from: source?.name ?? null, person: member }
  if (member_id) return { ...common, kind: 'member', id: member_id, name: member?.name ?? '' }
  if (community_id) return { ...common, kind: 'community', id: community_id, name: community?.name ?? '' }
  return { ...common, kind: 'audience', id: audience_id ?? '', name: audience?.name ?? '' }
}

export const keyOf = ({ kind, id }: Pick<Given, 'kind' | 'id'>) => `${kind} ${id}`

/** With this one given, in its place when something was given before. */
export function withGiven(given: readonly Given[], one: Given): readonly Given[] {
  const at = given.findIndex((other) => keyOf(other) === keyOf(one))
  return at < 0 ? [...given, one] : given.with(at, one)
}

/** What is sent: what was given here, by ids. */
export const draftOf = (inherits: boolean, given: readonly Given[]): RightsDraft => ({
  inherits,
  grants: given.map(({ kind, id, level }) => ({ level, [`${kind}_id`]: id })),
})
