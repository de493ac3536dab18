import type { Conversation } from './types'

/** The list as it is shown: rooms, then people and groups, each the last active first; of those whose name has the words. */
export function ordered(conversations: readonly Conversation[], words: string, name: (one: Conversation) => string) {
  const sought = folded(words.trim())
  const shown = conversations
    .filter((one) => !one.hidden && !one.left && (sought === '' || folded(name(one)).includes(sought)))
    .sort((one, other) => other.last_at.localeCompare(one.last_at))
  return {
    rooms: shown.filter(({ kind }) => kind === 'channel'),
    people: shown.filter(({ kind }) => kind !== 'channel'),
  }
}

/** Without accents and capitals, as people search. */
const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
