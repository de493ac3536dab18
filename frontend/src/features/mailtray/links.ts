export type Part = { text: string } | { link: string }

/** A text cut at the links that the server found in it. */
export function cutAtLinks(text: string, links: readonly string[]): Part[] {
  const parts: Part[] = []
  let rest = text
  for (const link of links) {
    const at = rest.indexOf(link)
    if (at === -1) continue
    if (at > 0) parts.push({ text: rest.slice(0, at) })
    parts.push({ link })
    rest = rest.slice(at + link.length)
  }
  return rest === '' ? parts : [...parts, { text: rest }]
}
