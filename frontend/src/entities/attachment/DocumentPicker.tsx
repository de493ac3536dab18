import { IconChevronLeft, IconFolder } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { IconButton } from '@/components/buttons/IconButton'
import { TextField } from '@/components/forms/TextField'
import { Icon } from '@/components/Icon'
import { LoadMore } from '@/components/LoadMore'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { iconOf } from './documentIcons'
import styles from './documents.module.css'
import {
  documentsToChooseQuery,
  foldersToChooseQuery,
  folderToChooseQuery,
  spacesToChooseQuery,
} from './documentsToChoose'
import { texts } from './texts'
import type { ChosenDocument } from './types'

interface DocumentPickerProps {
  open: boolean
  onClose: () => void
  onChoose: (document: ChosenDocument) => void
}

/** One document of those that one may read: by space, then folder by folder, or by its words. */
export function DocumentPicker({ open, onClose, onChoose }: DocumentPickerProps) {
  const t = useText(texts)
  const choose = (document: ChosenDocument) => {
    onChoose(document)
    onClose()
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('fromDocuments')}>
      <Choosing onChoose={choose} />
    </Dialog>
  )
}

function Choosing({ onChoose }: { onChoose: (document: ChosenDocument) => void }) {
  const t = useText(texts)
  const [at, setAt] = useState<string>()
  const [words, setWords] = useState('')
  const folder = useQuery({ ...folderToChooseQuery(at ?? ''), enabled: at !== undefined })
  if (at === undefined)
    return (
      <>
        <p className={styles.where}>{t('spaces')}</p>
        <div className={styles.tree}>
          <Spaces onChoose={setAt} />
        </div>
      </>
    )
  const go = (id: string | undefined) => {
    setAt(id)
    setWords('')
  }
  const space = folder.data?.space
  const name = folder.data?.kind === 'space' && space?.kind === 'own' ? t('myDocuments') : folder.data?.name
  return (
    <>
      <TextField
        label={t('findDocument')}
        type="search"
        value={words}
        onChange={({ target }) => setWords(target.value)}
        maxLength={200}
      />
      <div className={styles.where}>
        <IconButton icon={IconChevronLeft} label={t('upwards')} onClick={() => go(folder.data?.path.at(-1)?.id)} />
        {name}
      </div>
      <div className={styles.tree}>
        {words.trim() === '' && <Folders folderId={at} onChoose={go} />}
        <Documents folderId={at} words={words.trim()} onChoose={onChoose} />
      </div>
    </>
  )
}

function Spaces({ onChoose }: { onChoose: (id: string) => void }) {
  const t = useText(texts)
  const list = useInfiniteQuery(spacesToChooseQuery)
  return (
    <Loaded query={list}>
      {(spaces) => (
        <>
          <ul>
            {spaces.map(({ folder_id, kind, name }) => (
              <li key={folder_id}>
                <button type="button" onClick={() => onChoose(folder_id)}>
                  <Icon as={IconFolder} size={20} />
                  {kind === 'own' ? t('myDocuments') : name}
                </button>
              </li>
            ))}
          </ul>
          <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Loaded>
  )
}

function Folders({ folderId, onChoose }: { folderId: string; onChoose: (id: string) => void }) {
  const list = useInfiniteQuery(foldersToChooseQuery(folderId))
  return (
    <>
      <ul>
        {list.data?.map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => onChoose(id)}>
              <Icon as={IconFolder} size={20} />
              {name}
            </button>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <LoadMore more busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />}
      {list.error && <p role="alert">{messageOf(list.error)}</p>}
    </>
  )
}

interface DocumentsProps {
  folderId: string
  words: string
  onChoose: (document: ChosenDocument) => void
}

function Documents({ folderId, words, onChoose }: DocumentsProps) {
  const t = useText(texts)
  const language = useLanguage()
  const list = useInfiniteQuery(documentsToChooseQuery(folderId, words))
  return (
    <Loaded query={list}>
      {(documents) => (
        <>
          {documents.length === 0 && <p className={styles.none}>{t(words ? 'noneFound' : 'noDocument')}</p>}
          <ul>
            {documents.map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => onChoose(one.kind === 'page' ? { ...one, size: 0 } : one)}>
                  <Icon as={iconOf(one.group)} size={20} />
                  {one.name} {one.kind !== 'page' && <small>{formatSize(one.size, language)}</small>}
                </button>
              </li>
            ))}
          </ul>
          <LoadMore more={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Loaded>
  )
}
