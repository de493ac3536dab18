import {
  IconFileImport,
  IconFilePlus,
  IconFileUpload,
  IconFolderPlus,
  IconFolderUp,
  IconPlus,
  IconUpload,
} from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { chosenOf } from '../dropped'
import { texts } from '../i18n'
import { folderAsThing } from '../mutations'
import type { Folder } from '../types'
import { useUploads } from '../uploads'
import styles from './documents.module.css'
import { NewFolder } from './NewFolder'

const ImportPage = lazy(() => import('./ImportPage').then((part) => ({ default: part.ImportPage })))
const NewPage = lazy(() => import('./NewPage').then((part) => ({ default: part.NewPage })))

interface AddingProps {
  folder: Folder
  to: Addresses
}

/** What may be put in a folder: files, whole folders, and new folders and pages. */
export function Adding({ folder, to }: AddingProps) {
  const t = useText(texts)
  const uploads = useUploads()
  const [creating, setCreating] = useState<'folder' | 'page' | 'import'>()
  const files = useRef<HTMLInputElement>(null)
  const whole = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    if (input.files?.length) uploads.add(folder.id, chosenOf(input.files))
    input.value = ''
  }
  return (
    <>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('chooseFiles')}
        onChange={(event) => take(event.target)}
      />
      <input
        ref={(input) => {
          whole.current = input
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        multiple
        hidden
        aria-label={t('chooseFolder')}
        onChange={(event) => take(event.target)}
      />
      <Menu
        items={[
          { label: t('files'), icon: IconFileUpload, onSelect: () => files.current?.click() },
          { label: t('wholeFolder'), icon: IconFolderUp, onSelect: () => whole.current?.click() },
        ]}
      >
        <Button look="secondary" aria-label={t('upload')} className={styles.shrinking}>
          <Icon as={IconUpload} size={17} />
          <span>{t('upload')}</span>
        </Button>
      </Menu>
      <Menu
        items={[
          { label: t('newPage'), icon: IconFilePlus, onSelect: () => setCreating('page') },
          { label: t('importPage'), icon: IconFileImport, onSelect: () => setCreating('import') },
          { label: t('newFolder'), icon: IconFolderPlus, onSelect: () => setCreating('folder') },
        ]}
      >
        <Button aria-label={t('create')} className={styles.shrinking}>
          <Icon as={IconPlus} size={17} />
          <span>{t('create')}</span>
        </Button>
      </Menu>
      <NewFolder open={creating === 'folder'} onClose={() => setCreating(undefined)} parentId={folder.id} />
      {creating === 'page' && (
        <Suspense>
          <NewPage open onClose={() => setCreating(undefined)} folderId={folder.id} to={to} />
        </Suspense>
      )}
      {creating === 'import' && (
        <Suspense>
          <ImportPage open onClose={() => setCreating(undefined)} of={folderAsThing(folder)} to={to} />
        </Suspense>
      )}
    </>
  )
}
