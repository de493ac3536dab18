import type { components } from '@/api/schema.gen'
import type { Person } from '@/entities/person/PersonChip'

type Schemas = components['schemas']

export type PageDocument = Schemas['DocumentOut']
export type WrittenPage = Schemas['WrittenPageOut']
export type Version = Schemas['WrittenVersionOut']
export type PageAuthors = Schemas['PageAuthorsOut']
export type Comparison = Schemas['PageComparisonOut']
export type Compared = Schemas['ComparedBlockOut']
export type { Person }

/** Where things are in the application. */
export interface Addresses {
  folder: (id: string) => string
  document: (id: string) => string
  home: string
}
