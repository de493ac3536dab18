/** Two letters for an avatar: of the first and the last word, « Inès de La Tour » gives « IT ». */
export function initials(name: string): string {
  const words = name.split(/[\s'’-]+/u).filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  const last = words.at(-1)
  if (first === undefined || last === undefined) return '?'
  return (words.length === 1 ? letter(first) : letter(first) + letter(last)).toLocaleUpperCase('fr')
}

const letter = (word: string) => [...word][0] ?? ''
