import type { components } from '@/api/schema.gen'
import type { Public } from '@/components/people/publics'

export type Kind = components['schemas']['AffiliationDraft']['kind']

export const kinds = [
  'student',
  'faculty',
  'staff',
  'employee',
  'alum',
  'affiliate',
  'member',
] as const satisfies Kind[]

const publicOf: Record<Kind, Public | null> = {
  student: 'student',
  faculty: 'staff',
  staff: 'staff',
  employee: 'staff',
  alum: 'alum',
  affiliate: 'partner',
  member: null,
}

/** Whose shape stands before the words of an affiliation. */
export const shapeOf = (kind: Kind) => publicOf[kind]
