import type { Translate } from '@/lib/i18n'
import type { texts } from './i18n'
import type { Folder, FolderCard, Space } from './types'

type Words = Translate<(typeof texts)['fr']>

/** What a folder is called by its reader: one's own space has no name but that it is one's own. */
export const nameOf = (folder: Pick<Folder, 'kind' | 'name' | 'space'> | FolderCard, t: Words) =>
  folder.kind === 'space' && 'space' in folder && folder.space.kind === 'own' ? t('mine') : folder.name
export const nameOfSpace = (space: Pick<Space, 'kind' | 'name'>, t: Words) =>
  space.kind === 'own' ? t('mine') : space.name

/** The folders above something, by the names that their reader calls them. */
export const pathOf = ({ path, space }: Pick<Folder, 'path' | 'space'>, t: Words) =>
  path.map((step) => (step.id === space.folder_id && space.kind === 'own' ? { ...step, name: t('mine') } : step))
