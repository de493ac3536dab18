import type { components, paths } from '@/api/schema.gen'

type Schemas = components['schemas']

export type Person = Schemas['PersonRef']

export type Group = Schemas['DocumentOut']['group']
export type Public = Schemas['FolderOut']['public']
export type FolderAbility = Schemas['FolderOut']['abilities'][number]
export type DocumentAbility = Schemas['DocumentOut']['abilities'][number]
export type Level = Schemas['FolderOut']['level']
export type Version = Schemas['DocumentVersionOut']
export type Grant = Schemas['GrantOut']
export type Rights = Schemas['RightsOut']
export type RightsDraft = Schemas['RightsDraft']
export type Trashed = Schemas['TrashedOut']
export type Shared =
  paths['/api/v1/documents/shared-with-me']['get']['responses'][200]['content']['application/json']['items'][number]
export type Step = Schemas['FolderRef']
export type Space = Schemas['SpaceOut']
export type FolderCard = Schemas['FolderCardOut']
export type Folder = Schemas['FolderOut']
export type Document = Schemas['DocumentCardOut']
export type Preview = Schemas['PreviewOut']
export type FullDocument = Schemas['DocumentOut']
export type Template = Schemas['PageTemplateOut']

/** What a folder holds is of two kinds, and both are moved, renamed and thrown away alike. */
export type Thing = {
  id: string
  name: string
  version: number
  /** The folder that it is in, as far as the reader may know. */
  parentId: string | null
} & (
  | { type: 'folder'; abilities: readonly FolderAbility[] }
  | { type: 'document'; abilities: readonly DocumentAbility[] }
)
export type Reference = Pick<Thing, 'type' | 'id'>

export const levels = ['read', 'comment', 'write', 'manage'] as const satisfies readonly Level[]
/** Whether all of them may be acted on so. */
export const allMay = (things: readonly Thing[], ability: 'rename' | 'move' | 'trash' | 'copy' | 'share') =>
  things.length > 0 && things.every(({ abilities }) => (abilities as readonly string[]).includes(ability))
