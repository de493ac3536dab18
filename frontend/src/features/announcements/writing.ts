import type { AttachedDraft } from '@/entities/attachment/types'
import { everybody, type SaidRule } from '@/entities/audience/rule'
import type { Language } from '@/lib/language'
import type { Aim, Draft, Kept } from './queries'

interface Named {
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
  /** An audience that was frozen, in place of a rule. */
  frozen: Named | null
  places: readonly Named[]
  /** Announcements whose recipients are left out. */
  excluded: readonly Named[]
  essential: boolean
  asks: boolean
  byMail: boolean
  closesAt: string
  sendAt: string
}

export const begun = (kept: Draft | undefined, language: Language): Writing => {
  const names = Object.fromEntries((kept?.names ?? []).map(({ id, name }) => [id, name]))
  const named = (id: string) => ({ id, name: names[id] ?? '…' })
  return {
    title: kept?.title ?? '',
    body: kept?.body ?? '',
    language: kept?.language ?? language,
    facts: kept?.facts ?? [],
    to: kept?.to ?? 'square',
    said: kept?.rule ? { rule: { ...everybody.rule, ...kept.rule }, names } : everybody,
    frozen: kept?.audience_id ? named(kept.audience_id) : null,
    places: (kept?.places ?? []).map(named),
    excluded: (kept?.excluded ?? []).map(named),
    essential: kept?.essential ?? false,
    asks: kept?.asks ?? false,
    byMail: kept?.by_mail ?? false,
    closesAt: fieldOf(kept?.closes_at),
    sendAt: fieldOf(kept?.send_at),
  }
}

/** Whom it is for, as the server takes it; none while no community is named. */
export function aimOf(writing: Writing): Aim | null {
  const { to, places, excluded, essential } = writing
  if (to === 'communities' && places.length === 0) return null
  return {
    to,
    excluded: excluded.map(({ id }) => id),
    essential,
    ...(to === 'audience' && peopleOf(writing)),
    ...(to === 'communities' && { places: places.map(({ id }) => id) }),
  }
}

/** A rule, or an audience that was frozen. */
const peopleOf = ({ said, frozen }: Writing) => (frozen ? { audience_id: frozen.id } : { rule: said.rule })

export const keptOf = (writing: Writing, attached: AttachedDraft): Kept => {
  const { title, body, language, to, excluded, essential, asks } = writing
  return {
    title,
    body,
    language,
    facts: writing.facts.filter(({ label, value }) => label.trim() && value.trim()),
    to,
    ...attached,
    ...(to === 'audience' && peopleOf(writing)),
    places: to === 'communities' ? writing.places.map(({ id }) => id) : [],
    excluded: excluded.map(({ id }) => id),
    essential,
    asks,
    by_mail: writing.byMail,
    closes_at: to === 'audience' && !writing.frozen ? instantOf(writing.closesAt) : null,
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
