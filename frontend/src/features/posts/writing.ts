import { useState } from 'react'
import { type NamedPeople, toMarkdown, toWriting } from '@/entities/mention/mentions'
import type { Language } from '@/lib/language'
import { forgetWriting, keepWriting, readWriting } from '@/lib/writing'
import { type EventWriting, eventDraft, eventWriting, newEvent } from './event'
import type { Draft, PlacedDraft, ScheduledDraft, ScheduledPost } from './queries'

export interface Place {
  id: string
  name: string
  mayUpload?: boolean
  /** No community: the organisation's own wall. */
  square?: boolean
}

/** What stands in the composer. */
export interface Writing {
  kind: Draft['kind']
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
  event: EventWriting
  /** Beside the community on whose wall it is written. */
  others: readonly Place[]
  discussion: 'shared' | 'each'
  /** When it is to be said, as the field has it; empty for at once. */
  publishAt: string
}

/** What is begun, and with which words, where nothing was begun before. */
export interface Begun {
  kind: Writing['kind']
  title?: string | undefined
  /** Added to what was begun before. */
  body?: string | undefined
  files?: readonly File[] | undefined
}

const begun = (language: Language, { kind, title = '', body = '' }: Begun = { kind: 'message' }): Writing => ({
  kind,
  title,
  body,
  people: {},
  language,
  options: ['', ''],
  multiple: false,
  anonymous: true,
  results: 'voted',
  closesAt: '',
  event: newEvent(),
  others: [],
  discussion: 'shared',
  publishAt: '',
})

/** What somebody writes to a community: kept with each letter, until it is sent or thrown away. What is to be said later
 * is kept by the server already. */
export function useWriting(
  memberId: string,
  communityId: string,
  language: Language,
  scheduled?: ScheduledPost,
  wanted?: Begun,
) {
  const key = `${memberId}.${communityId}`
  const [writing, setWriting] = useState<Writing>(() =>
    scheduled ? written(scheduled, communityId) : goneOn(begun(language, wanted), readWriting<Writing>(key)),
  )
  return {
    writing,
    set: (more: Partial<Writing>) => {
      const next = { ...writing, ...more }
      setWriting(next)
      if (scheduled) return
      if (isEmpty(next)) forgetWriting(key)
      else keepWriting(key, next)
    },
    forget: () => {
      if (scheduled) return
      forgetWriting(key)
      setWriting(begun(language))
    },
  }
}

/** What was begun here before stays, and what comes from elsewhere is added below it. */
function goneOn(first: Writing, kept: Writing | undefined): Writing {
  if (kept === undefined) return first
  const isAdded = first.body !== '' && !kept.body.includes(first.body)
  return { ...first, ...kept, body: isAdded ? `${kept.body}\n\n${first.body}`.trim() : kept.body }
}

/** What is to be said later, to be changed. */
function written(post: ScheduledPost, communityId: string): Writing {
  const { kind, title, language, poll, event, discussion } = post
  const { text, people } = toWriting(post.body)
  const others = post.places.filter(({ id }) => id !== communityId)
  const more = { body: text, people, others, publishAt: fieldOf(post.publish_at) }
  return {
    ...begun(language),
    kind,
    title,
    discussion,
    ...more,
    ...(poll && asked(poll)),
    ...(event && { event: eventWriting(event) }),
  }
}

const asked = ({ options, multiple, anonymous, results, closes_at }: NonNullable<ScheduledPost['poll']>) => ({
  options,
  multiple,
  anonymous,
  results,
  closesAt: closes_at === null ? '' : fieldOf(closes_at),
})

/** An instant as a field of date and time has it, on the reader's own clock. */
function fieldOf(instant: string): string {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const KINDS: readonly Writing['kind'][] = ['message', 'question', 'poll', 'idea', 'event']
const LONGEST_TITLE = 200

/** What an address says is to be written: `?write=question&title=…`. It is only begun; who reads it may send it or not. */
export function begunOf({ write, title }: { write?: unknown; title?: unknown }): Begun | undefined {
  const kind = KINDS.find((one) => one === write)
  return kind && { kind, title: typeof title === 'string' ? title.slice(0, LONGEST_TITLE) : undefined }
}

export const hasWriting = (memberId: string, communityId: string) =>
  readWriting(`${memberId}.${communityId}`) !== undefined

const isEmpty = ({ title, body, options, event, others }: Writing) =>
  [title, body, ...options, event.startsAt, event.place, event.link].every((text) => text.trim() === '') &&
  others.length === 0

/** As the server takes it. */
export function draftOf(writing: Writing): Draft {
  const { kind, title, language } = writing
  return {
    kind,
    title,
    body: toMarkdown(writing.body, writing.people),
    language,
    ...(kind === 'poll' && { poll: pollOf(writing) }),
    ...(kind === 'event' && { event: eventDraft(writing.event) }),
  }
}

export const placedDraftOf = (writing: Writing, communityId: string): PlacedDraft => ({
  ...draftOf(writing),
  places: [communityId, ...writing.others.map(({ id }) => id)],
  discussion: writing.discussion,
})

export const scheduledDraftOf = (writing: Writing, communityId: string): ScheduledDraft => ({
  ...placedDraftOf(writing, communityId),
  publish_at: new Date(writing.publishAt || Date.now()).toISOString(),
})

const pollOf = ({ options, multiple, anonymous, results, closesAt }: Writing) => ({
  options: options.map((label) => label.trim()).filter(Boolean),
  multiple,
  anonymous,
  results,
  closes_at: closesAt === '' ? null : new Date(closesAt).toISOString(),
})
