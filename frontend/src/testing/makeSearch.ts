import type { components } from '@/api/schema.gen'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

type Schemas = components['schemas']
type Hit = Schemas['SearchHitOut']

/** « Rapport de **crue** 1998 »: what stands between asterisks is what was looked for. */
export const passage = (text: string): Schemas['PassageOut'][] =>
  text
    .split('**')
    .map((piece, index) => ({ text: piece, is_match: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')

const nowhere: Hit['target'] = {
  post_id: null,
  document_id: null,
  thread_id: null,
  comment_id: null,
  conversation_id: null,
  message_id: null,
  number: null,
  thread_number: null,
  root_id: null,
  community_id: null,
  folder_id: null,
}

const makeHit = (more: Partial<Hit>): Hit => ({
  kind: 'post',
  id: makeId(),
  title: [],
  passages: [],
  reason: 'title',
  at: '2026-11-20T10:00:00Z',
  place: null,
  author: null,
  person: null,
  community: null,
  document: null,
  event: null,
  ...more,
  target: { ...nowhere, ...more.target },
})

/** Thomas, who offers mentoring. */
export const makeFoundPerson = (name = 'Thomas Nguyen', line = 'Hydrologue, mémoire sur les **crue**s'): Hit => {
  const author = makePersonRef({ name, public: 'alum', affiliation: 'Alumni 2009' })
  return makeHit({
    kind: 'person',
    id: author.id,
    title: passage(name),
    passages: [passage(line)],
    reason: 'headline',
    at: null,
    author,
    person: { ...author, headline: 'Hydrologue', city: 'Rotterdam', skills: [], mentoring: true },
  })
}

export const makeFoundCommunity = (mayPost = true): Hit =>
  makeHit({
    kind: 'community',
    title: passage('Géographie et aménagement'),
    reason: 'text',
    community: {
      people: 612,
      access: 'open',
      summary: 'Cartes et terrains',
      pictures: { cover: null, tile: null },
      archived: false,
      may_post: mayPost,
    },
  })

export const makeFoundDocument = (more: Partial<Hit> = {}): Hit =>
  makeHit({
    kind: 'document',
    title: passage('Rapport de **crue** 1998'),
    reason: 'name',
    author: makePersonRef({ name: 'Thomas Nguyen' }),
    document: {
      media_type: 'application/pdf',
      size: 3_100_000,
      group: 'pdf',
      folder: { id: makeId(), name: 'Terrain Valorne 2027' },
      space: null,
    },
    ...more,
  })

export const makeFoundComment = (postId: string): Hit =>
  makeHit({
    kind: 'comment',
    title: passage('Sortie de terrain'),
    passages: [passage('Et en cas de **crue** ?')],
    reason: 'text',
    author: makePersonRef(),
    target: { ...nowhere, post_id: postId },
  })

/** A comment of a page. */
export const makeFoundRemark = (documentId: string): Hit =>
  makeHit({
    kind: 'comment',
    title: passage('Protocole de mesure'),
    passages: [passage('Et sous la **crue** ?')],
    reason: 'text',
    author: makePersonRef(),
    target: { ...nowhere, document_id: documentId, thread_id: 't1' },
  })

export const makeFoundMessage = (number: number, thread: number | null = null): Hit =>
  makeHit({
    kind: 'message',
    passages: [passage('La **crue** monte')],
    reason: 'text',
    author: makePersonRef(),
    place: { kind: 'conversation', id: makeId(), name: 'Terrain' },
    target: { ...nowhere, conversation_id: makeId(), number, thread_number: thread },
  })

export const makeAnswer = (items: Hit[], more: Partial<Schemas['SearchPageOut']> = {}): Schemas['SearchPageOut'] => ({
  query: { words: ['crue'], phrases: [], excluded: [] },
  counts: [...new Set(items.map(({ kind }) => kind))].map((kind) => ({
    kind,
    count: items.filter((hit) => hit.kind === kind).length,
    is_limited: false,
  })),
  is_limited: false,
  is_cut: false,
  corrected: null,
  items,
  next: null,
  ...more,
})

export const makePreview = (hit: Hit, more: Partial<Schemas['FoundPreviewOut']> = {}): Schemas['FoundPreviewOut'] => ({
  ...hit,
  facts: [],
  nearby: [],
  ...more,
})
