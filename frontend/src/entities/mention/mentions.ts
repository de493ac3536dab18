/** Ids of those named in a text, by their name as it stands there after `@`. */
export type NamedPeople = Readonly<Record<string, string>>

const MENTION = /@\[([^[\]]*)\]\(person:([0-9a-f-]{36})\)/gi
const NAME = /\p{L}/u
const BEGUN = /(?:^|[\s(])@([\p{L}\p{M}'’-]+(?: [\p{L}\p{M}'’-]*){0,3})$/u

/** As people write it: `@[Nadia Cherkaoui](person:018f…)` is `@Nadia Cherkaoui`, and who that is stands beside. Of two
 * people of one name the second stays as it was sent, and so does who has none to show. */
export function toWriting(markdown: string): { text: string; people: NamedPeople } {
  const people: Record<string, string> = {}
  const text = markdown.replace(MENTION, (whole, name: string, id: string) => {
    if (!NAME.test(name) || (people[name] ?? id) !== id) return whole
    people[name] = id
    return `@${name}`
  })
  return { text, people }
}

/** As it is sent. The longest names first: « Anne Marie » is not « Anne ». */
export function toMarkdown(text: string, people: NamedPeople): string {
  const names = Object.keys(people).sort((one, other) => other.length - one.length)
  if (names.length === 0) return text
  const written = new RegExp(`@(${names.map(escaped).join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'gu')
  return text.replace(written, (_, name: string) => `@[${name}](person:${people[name]})`)
}

/** The name that is being written before the caret, without its `@`. */
export const nameBefore = (text: string): string | undefined => BEGUN.exec(text)?.[1]

/** The text with that name chosen, and where the caret goes on. */
export function withName(text: string, caret: number, name: string): { text: string; caret: number } {
  const begun = nameBefore(text.slice(0, caret)) ?? ''
  const before = `${text.slice(0, caret - begun.length)}${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
