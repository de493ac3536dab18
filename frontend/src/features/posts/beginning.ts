const LONGEST = 90
const MARKS = /[*_`#>[\]]|\((?:person:)?[^)]*\)/g

/** The first words of a text without a title. */
export function beginningOf(markdown: string): string {
  const words = (markdown.split('\n')[0] ?? '').replace(MARKS, '').trim()
  return words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()}…` : words || '…'
}
