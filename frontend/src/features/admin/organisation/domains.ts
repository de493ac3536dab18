import type { Kind } from '../kinds'

/** One line of the table, while it is being written. */
export interface DomainLine {
  key: number
  domain: string
  kind: Kind
}

/** Domain -> affiliation, as the server keeps it. */
export type Domains = Record<string, Kind>

export const linesOf = (domains: Domains): DomainLine[] =>
  Object.entries(domains).map(([domain, kind], index) => ({ key: index, domain, kind }))

/** Lines left empty count for nothing; of the same domain twice, the last one wins. */
export const domainsOf = (lines: readonly DomainLine[]): Domains =>
  Object.fromEntries(
    lines.flatMap(({ domain, kind }) => (domain.trim() === '' ? [] : [[domain.trim().toLowerCase(), kind]])),
  )

export function twice(lines: readonly DomainLine[]): string | undefined {
  const written = lines.map(({ domain }) => domain.trim().toLowerCase()).filter((domain) => domain !== '')
  return written.find((domain, index) => written.indexOf(domain) !== index)
}
