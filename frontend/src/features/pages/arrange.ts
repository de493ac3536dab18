export interface Card {
  id: string
  /** Where its words begin, from the top of the margin; none when they are gone. */
  wanted: number | undefined
  height: number
}

export const GAP = 12

/** Where each card stands: beside its words if it can, the active one always, and none over another. Those whose words
 * are gone come last. */
export function arranged(cards: readonly Card[], active: string | undefined): ReadonlyMap<string, number> {
  const ordered = [...cards].sort((one, other) => (one.wanted ?? Infinity) - (other.wanted ?? Infinity))
  const tops: number[] = []
  let free = 0
  for (const { wanted, height } of ordered) {
    const top = Math.max(wanted ?? free, free)
    tops.push(top)
    free = top + height + GAP
  }
  const at = ordered.findIndex(({ id, wanted }) => id === active && wanted !== undefined)
  let bottom = ordered[at]?.wanted
  for (let place = at; place >= 0 && bottom !== undefined; place--) {
    const top = place === at ? bottom : Math.min(tops[place] ?? 0, bottom - GAP - (ordered[place]?.height ?? 0))
    tops[place] = top
    bottom = top
  }
  const over = Math.min(0, ...tops) // Those above an active one at the top of the page push all down.
  return settled(ordered, tops, -over, at)
}

function settled(ordered: readonly Card[], tops: readonly number[], down: number, from: number) {
  let free = 0
  const found = new Map<string, number>()
  for (const [place, { id, height, wanted }] of ordered.entries()) {
    const own = place > from ? (wanted ?? free) : (tops[place] ?? 0) + down
    const top = Math.max(own, free)
    found.set(id, top)
    free = top + height + GAP
  }
  return found
}
