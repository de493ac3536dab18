import type { Folder, FolderCard, FullDocument, Preview, Space, Version } from '@/features/documents/types'
import { makeId } from './make'
import { makePersonRef } from './makeCommunity'

/** A PDF that Thomas put in a folder of his community. */
export const makeDocument = (more: Partial<FullDocument> = {}): FullDocument => ({
  id: makeId(),
  kind: 'file',
  name: 'Plan de prévention.pdf',
  media_type: 'application/pdf',
  group: 'pdf',
  size: 6_200_000,
  number: 2,
  folder: { id: 'f1', name: 'Terrain Valorne 2027' },
  level: 'write',
  access: 'inherited',
  created_by: makePersonRef({ name: 'Thomas Nguyen', public: 'alum' }),
  changed_by: makePersonRef({ name: 'Thomas Nguyen', public: 'alum' }),
  created_at: '2026-11-20T08:00:00.000Z',
  changed_at: '2026-11-24T08:00:00.000Z',
  lock: null,
  preview: null,
  file_id: makeId(),
  url: '/api/v1/files/x',
  version: 3,
  abilities: ['rename', 'move', 'trash', 'copy', 'add_version', 'label', 'restore', 'delete_version', 'lock'],
  path: [{ id: 'f1', name: 'Terrain Valorne 2027' }],
  space: makeSpaceRef(),
  ...more,
})

function makeSpaceRef(): Folder['space'] {
  const community = { id: 'c1', name: 'Géographie et aménagement' }
  return { folder_id: 's1', kind: 'community', name: community.name, community }
}

export const makeFolderCard = (more: Partial<FolderCard> = {}): FolderCard => ({
  id: makeId(),
  name: 'Cartes et couches',
  kind: 'folder',
  parent_id: 'f1',
  level: 'write',
  access: 'inherited',
  public: 'organisation',
  folders: 3,
  documents: 20,
  created_by: null,
  changed_at: '2026-11-24T08:00:00.000Z',
  version: 1,
  abilities: ['add', 'rename', 'move', 'trash', 'copy'],
  ...more,
})

export const makeFolder = (more: Partial<Folder> = {}): Folder => ({
  ...makeFolderCard({ id: 'f1', name: 'Terrain Valorne 2027', parent_id: 's1' }),
  path: [{ id: 's1', name: 'Géographie et aménagement' }],
  space: makeSpaceRef(),
  is_followed: false,
  ...more,
})

export const makeSpace = (more: Partial<Space> = {}): Space => ({
  folder_id: 's1',
  kind: 'community',
  name: 'Géographie et aménagement',
  community: { id: 'c1', name: 'Géographie et aménagement' },
  used: 58_000_000,
  quota: 20_000_000_000,
  level: 'write',
  archived: false,
  ...more,
})

export const makeVersion = (more: Partial<Version> = {}): Version => ({
  number: 1,
  label: '',
  frozen: false,
  current: false,
  restored_from: null,
  size: 6_000_000,
  media_type: 'application/pdf',
  created_by: makePersonRef({ name: 'Thomas Nguyen', public: 'alum' }),
  created_at: '2026-11-20T08:00:00.000Z',
  file_id: makeId(),
  url: '/api/v1/files/x1',
  abilities: ['change', 'restore', 'delete'],
  ...more,
})

/** Of a file that was looked into. */
export const makePreview = (more: Partial<Preview> = {}): Preview => ({
  file_id: makeId(),
  state: 'ready',
  scan: null,
  kind: 'text',
  language: null,
  reason: null,
  page_count: 0,
  pages: [],
  text: 'Trois points, deux saisons.',
  html: '',
  text_is_cut: false,
  has_position: null,
  entries: [],
  entry_count: 0,
  url: '/api/v1/files/x',
  media_type: 'text/plain',
  name: 'notes.txt',
  size: 27,
  ...more,
})
