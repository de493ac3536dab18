import type { Message, ReactionKind } from './types'

/** In the order in which they are offered. */
export const KINDS = ['thanks', 'agree', 'bravo', 'interesting'] as const satisfies readonly ReactionKind[]

/** What is left of a message that was deleted. */
export const gone = (message: Message): Message => ({
  ...message,
  gone: true,
  text: '',
  html: '',
  images: [],
  files: [],
  documents: [],
  links: [],
  quote: null,
  forwarded: null,
  reactions: [],
  pinned: false,
  bookmarked: false,
  abilities: [],
})

/** A message that shows these cards of pages; its author may take them off. */
export function leading(message: Message, links: Message['links'], isOwn: boolean): Message {
  const abilities = message.abilities.filter((ability) => ability !== 'take_off_links')
  return { ...message, links, abilities: isOwn && links.length > 0 ? [...abilities, 'take_off_links'] : abilities }
}

/** A message with one's own reaction given, or taken back. */
export function reacted(message: Message, kind: ReactionKind, stands: boolean): Message {
  const held = message.reactions.find((one) => one.kind === kind)
  if ((held?.mine ?? false) === stands) return message
  const others = message.reactions.filter((one) => one.kind !== kind)
  const count = (held?.count ?? 0) + (stands ? 1 : -1)
  const reactions = count > 0 ? [...others, { kind, count, mine: stands }] : others
  return { ...message, reactions: KINDS.flatMap((one) => reactions.filter((given) => given.kind === one)) }
}
