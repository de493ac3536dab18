import { createPreference } from '@/lib/preference'

/** In what order a folder is shown, of what kinds and by whom; all of it stands in the address. */
export const orders = ['-changed_at', 'changed_at', 'name', '-name', '-size'] as const
export type Order = (typeof orders)[number]
export const groups = [
  'document',
  'sheet',
  'slides',
  'pdf',
  'image',
  'video',
  'audio',
  'archive',
  'code',
  'text',
  'other',
] as const
export type Group = (typeof groups)[number]

export interface View {
  sort?: Order | undefined
  kind?: Group | undefined
  by?: string | undefined
  q?: string | undefined
  /** The document that is shown beside the list. */
  doc?: string | undefined
}

/** As the address says it: what is not known is left out. */
export function viewOf(search: Record<string, unknown>): View {
  return {
    sort: orders.find((one) => one === search.sort),
    kind: groups.find((one) => one === search.kind),
    by: text(search.by),
    q: text(search.q),
    doc: text(search.doc),
  }
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

export const display = createPreference('parvis.documents.display', ['table', 'tiles'], () => 'table')
