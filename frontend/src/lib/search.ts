/** The search part of an address as it is written: texts, never numbers or JSON, so that `?state=1e3` stays « 1e3 ». */
export type Search = Record<string, string | string[]>

/** A name given twice has a list of its values. */
export function parseSearch(search: string): Search {
  const parameters = new URLSearchParams(search)
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

/** The other way; what is undefined is left out. With its « ? », or empty. */
export function writeSearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) parameters.append(name, String(one))
    }
  }
  const written = parameters.toString()
  return written === '' ? '' : `?${written}`
}
