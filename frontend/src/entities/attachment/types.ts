import type { components } from '@/api/schema.gen'

type Schemas = components['schemas']

export type ShownImage = Schemas['PostImageOut']
export type OfferedFile = Schemas['PostFileOut']
export type ReferredDocument = Schemas['PostDocumentOut']
export type SaidLink = Schemas['LinkOut']
export type Picture = Schemas['PictureOut']

/** What a draft says of what it shows. */
export interface AttachedDraft {
  images: Schemas['ImageDraft'][]
  files: string[]
  /** Absent: none, or as before. */
  document_ids?: string[]
}

/** A document that is kept elsewhere, to be referred to. */
export interface ChosenDocument {
  id: string
  name: string
  size: number
  group: string
}

/** Something on its way to be shown, or there already. */
export interface Item {
  /** Its own on this page, from the moment it is chosen. */
  key: string
  /** The server's, once it is there. */
  id: string
  name: string
  size: number
  isImage: boolean
  /** It is kept in Documents: what it is, there. */
  group?: string
  /** How much of it has left, from 0 to 1; 1 while the server makes a picture of it. */
  sent: number
  ready: boolean
  failure?: unknown
  picture?: Picture
  alt: string
  decorative: boolean
}
