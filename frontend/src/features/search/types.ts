import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

/** In the order that groups and filters follow. */
export const kinds = ['person', 'community', 'document', 'page', 'post', 'comment', 'message', 'event'] as const
export type Kind = (typeof kinds)[number]

/** A piece of a text as it stands, and whether it is of what was looked for. */
export type Passage = Schemas['PassageOut']
export type Place = Schemas['SearchPlaceOut']
/** Something found, as far as the reader may see it. */
export type Hit = Schemas['SearchHitOut']
export type Count = Schemas['KindCountOut']
export type Answer = Schemas['SearchPageOut']
export type Preview = Schemas['FoundPreviewOut']
export type KeptSearch = Schemas['RecentSearchOut']
