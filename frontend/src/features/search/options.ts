import type { IconType } from '@/components/Icon'
import type { Hit, KeptSearch, Place } from './types'

/** Something that one may do from here: it leads somewhere, or happens at once. */
export interface Offer {
  key: string
  title: string
  detail: string
  icon: IconType
  to?: string
  run?: () => void
}

/** An offer that is there whatever is looked for, found by its words. */
export interface Command extends Omit<Offer, 'detail' | 'run'> {
  detail?: string
  to: string
  /** Other words that it is found by. */
  words?: string
  /** Shown before anything is written. */
  first?: boolean
}

export type Option = { key: string; hit: Hit } | { key: string; offer: Offer } | { key: string; kept: KeptSearch }

export interface Section {
  key: string
  heading: string
  options: Option[]
}

/** Where the search was opened, and may be kept to. */
export interface Here extends Place {
  mayPost: boolean
}

/** Commands of which each word that is written begins a word. */
export function matching(commands: readonly Command[], written: string): Command[] {
  const wanted = wordsOf(written)
  if (wanted.length === 0 || folded(written).length < 2) return []
  return commands.filter(({ title, words = '' }) => {
    const known = wordsOf(`${title} ${words}`)
    return wanted.every((word) => known.some((one) => one.startsWith(word)))
  })
}

/** Whether a command is called just so. */
export const isNamed = ({ title }: Pick<Command, 'title'>, written: string) => folded(title) === folded(written)

const wordsOf = (text: string) =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
