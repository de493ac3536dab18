import { everybody, type SaidRule } from '@/entities/audience/rule'
import type { Language } from '@/lib/language'
import type { Aim, Draft, Kept } from './queries'

interface Place {
  id: string
  name: string
}

/** What stands in the editor. Times are as fields have them, in the writer's own time; empty for never. */
export interface Writing {
  title: string
  body: string
  language: Language
  facts: Draft['facts']
  to: Aim['to']
  said: SaidRule
  places: readonly Place[]
  excluded: string[]
  essential: boolean
  asks: boolean
  byMail: boolean
  closesAt: string
  sendAt: string
}

export const begun = (kept: Draft | undefined, language: Language): Writing => {
  const names = Object.fromEntries((kept?.names ?? []).map(({ id, name }) => [id, name]))
  return {
    title: kept?.title ?? '',
    body: kept?.body ?? '',
    language: kept?.language ?? language,
    facts: kept?.facts ?? [],
    to: kept?.to ?? 'square',
    said: kept?.rule ? { rule: { ...everybody.rule, ...kept.rule }, names } : everybody,
    places: (kept?.places ?? []).map((id) => ({ id, name: names[id] ?? '…' })),
    excluded: kept?.excluded ?? [],
    essential: kept?.essential ?? false,
    asks: kept?.asks ?? false,
    byMail: kept?.by_mail ?? false,
    closesAt: fieldOf(kept?.closes_at),
    sendAt: fieldOf(kept?.send_at),
  }
}

/** Whom it is for, as the server takes it; none while no community is named. */
export function aimOf({ to, said, places, excluded, essential }: Writing): Aim | null {
  if (to === 'communities' && places.length === 0) return null
  return {
    to,
    excluded,
    essential,
    ...(to === 'audience' && { rule: said.rule }),
    ...(to === 'communities' && { places: places.map(({ id }) => id) }),
  }
}

export const keptOf = (writing: Writing): Kept => {
  const { title, body, language, to, excluded, essential, asks } = writing
  return {
    title,
    body,
    language,
    facts: writing.facts.filter(({ label, value }) => label.trim() && value.trim()),
    to,
    rule: to === 'audience' ? writing.said.rule : null,
    places: to === 'communities' ? writing.places.map(({ id }) => id) : [],
    excluded,
    essential,
    asks,
    by_mail: writing.byMail,
    closes_at: to === 'audience' ? instantOf(writing.closesAt) : null,
    send_at: instantOf(writing.sendAt),
  }
}

const instantOf = (field: string) => (field === '' ? null : new Date(field).toISOString())

/** An instant as a field of date and time has it, on the reader's own clock. */
function fieldOf(instant: string | null | undefined): string {
  if (!instant) return ''
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
