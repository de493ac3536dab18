import { IconFileUpload, IconFolderPlus, IconFolderUp, IconPlus, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { chosenOf } from '../dropped'
import { texts } from '../i18n'
import type { Folder } from '../types'
import { useUploads } from '../uploads'
import styles from './documents.module.css'
import { NewFolder } from './NewFolder'

/** What may be put in a folder: files, whole folders, and new folders. */
export function Adding({ folder }: { folder: Folder }) {
  const t = useText(texts)
  const uploads = useUploads()
  const [creating, setCreating] = useState(false)
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
      <Menu items={[{ label: t('newFolder'), icon: IconFolderPlus, onSelect: () => setCreating(true) }]}>
        <Button aria-label={t('create')} className={styles.shrinking}>
          <Icon as={IconPlus} size={17} />
          <span>{t('create')}</span>
        </Button>
      </Menu>
      <NewFolder open={creating} onClose={() => setCreating(false)} parentId={folder.id} />
    </>
  )
}
