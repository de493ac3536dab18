import { PersonChip } from '@/entities/person/PersonChip'
import type { CasePerson as Person } from '../queries'

interface CasePersonProps {
  of: Person
  to: (id: string) => string
  size?: 34 | 44
}

/** Somebody of whom a case speaks, by name alone when the reader may not find him. */
export function CasePerson({ of, to, size = 34 }: CasePersonProps) {
  return of.person ? <PersonChip person={of.person} to={to(of.id)} size={size} /> : <b>{of.name}</b>
}
