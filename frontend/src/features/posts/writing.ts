import { useState } from 'react'
import type { Language } from '@/lib/language'
import { forgetWriting, keepWriting, readWriting } from '@/lib/writing'
import { type NamedPeople, toMarkdown } from './mentions'
import type { Draft, PlacedDraft, Post } from './queries'

export interface Place {
  id: string
  name: string
}

/** What stands in the composer. */
export interface Writing {
  kind: Post['kind']
  title: string
  body: string
  people: NamedPeople
  language: Language
  options: readonly string[]
  multiple: boolean
  anonymous: boolean
  results: 'always' | 'voted' | 'closed'
  /** As the field has it, in the writer's own time; empty for never. */
  closesAt: string
  /** Beside the community on whose wall it is written. */
  others: readonly Place[]
  discussion: 'shared' | 'each'
}

const begun = (language: Language): Writing => ({
  kind: 'message',
  title: '',
  body: '',
  people: {},
  language,
  options: ['', ''],
  multiple: false,
  anonymous: true,
  results: 'voted',
  closesAt: '',
  others: [],
  discussion: 'shared',
})

/** What somebody writes to a community: kept with each letter, until it is sent or thrown away. */
export function useWriting(memberId: string, communityId: string, language: Language) {
  const key = `${memberId}.${communityId}`
  const [writing, setWriting] = useState<Writing>(() => ({ ...begun(language), ...readWriting<Writing>(key) }))
  return {
    writing,
    set: (more: Partial<Writing>) => {
      const next = { ...writing, ...more }
      setWriting(next)
      if (isEmpty(next)) forgetWriting(key)
      else keepWriting(key, next)
    },
    forget: () => {
      forgetWriting(key)
      setWriting(begun(language))
    },
  }
}

export const hasWriting = (memberId: string, communityId: string) =>
  readWriting(`${memberId}.${communityId}`) !== undefined

const isEmpty = ({ title, body, options, others }: Writing) =>
  [title, body, ...options].every((text) => text.trim() === '') && others.length === 0

/** As the server takes it. */
export function draftOf(writing: Writing): Draft {
  const { kind, title, language } = writing
  return {
    kind,
    title,
    body: toMarkdown(writing.body, writing.people),
    language,
    ...(kind === 'poll' && { poll: pollOf(writing) }),
  }
}

export const placedDraftOf = (writing: Writing, communityId: string): PlacedDraft => ({
  ...draftOf(writing),
  places: [communityId, ...writing.others.map(({ id }) => id)],
  discussion: writing.discussion,
})

const pollOf = ({ options, multiple, anonymous, results, closesAt }: Writing) => ({
  options: options.map((label) => label.trim()).filter(Boolean),
  multiple,
  anonymous,
  results,
  closes_at: closesAt === '' ? null : new Date(closesAt).toISOString(),
})
