import type { Translate } from '@/lib/i18n'
import type { texts } from './i18n'
import type { Conversation, Message } from './types'

type Words = Translate<(typeof texts)['fr']>

/** What a conversation is called: by its name, by who it is with, by some of who are in it. */
export function nameOf({ kind, name, others }: Pick<Conversation, 'kind' | 'name' | 'others'>, t: Words): string {
  if (name !== null) return name
  if (kind === 'direct') return others[0]?.name ?? t('somebody')
  if (others.length === 0) return t('onlyYou')
  return t('group', { names: others.map((one) => one.name.split(' ')[0]).join(', ') })
}

/** What a line about the conversation says. */
export function toldOf(
  { kind, author, about, text }: Pick<Message, 'kind' | 'author' | 'about' | 'text'>,
  t: Words,
): string {
  const name = author?.name ?? t('somebody')
  const people = about.map((one) => one.name).join(', ')
  switch (kind) {
    case 'created':
      return t('toldCreated', { name })
    case 'added':
      return people && people !== name ? t('toldAdded', { name, people }) : t('toldJoined', { name })
    case 'removed':
      return t('toldRemoved', { name, people: people || t('somebody') })
    case 'left':
      return t('toldLeft', { name })
    case 'named':
      return text ? t('toldNamed', { name, title: text }) : t('toldUnnamed', { name })
    case 'archived':
      return t('toldArchived', { name })
    case 'reopened':
      return t('toldReopened', { name })
    default:
      return text
  }
}
