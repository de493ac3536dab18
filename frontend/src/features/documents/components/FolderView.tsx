import { useMediaQuery } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { FormError } from '@/components/forms/FormError'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { texts as actTexts } from '../activity.texts'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { useMoveByReference } from '../mutations'
import { nameOf, pathOf } from '../names'
import { documentsQuery, folderQuery, foldersQuery } from '../queries'
import type { Document, Folder } from '../types'
import { useUploads } from '../uploads'
import { useActing } from '../useActing'
import { useSelection } from '../useSelection'
import { display, type View } from '../view'
import { Adding } from './Adding'
import { Breadcrumb } from './Breadcrumb'
import { DocumentPanel } from './DocumentPanel'
import { DocumentTable } from './DocumentTable'
import { DocumentTiles } from './DocumentTiles'
import { DropZone } from './DropZone'
import styles from './documents.module.css'
import { FolderCards } from './FolderCards'
import { FolderPanel } from './FolderPanel'
import { FolderTools } from './FolderTools'
import { SelectionBar } from './SelectionBar'
import { SidePlace } from './SidePlace'

interface FolderViewProps {
  folderId: string
  view: View
  onView: (view: View) => void
  to: Addresses
  onOpen: (documentId: string) => void
}

/** A folder: what is in it, what may be put there, and beside it what is looked at. */
export function FolderView(props: FolderViewProps) {
  const folder = useQuery(folderQuery(props.folderId))
  return (
    <Loaded query={folder} lines={8}>
      {(data) => <Present {...props} folder={data} />}
    </Loaded>
  )
}

function Present({ folder, view, onView, to, onOpen }: FolderViewProps & { folder: Folder }) {
  const t = useText(texts)
  const ta = useText(actTexts)
  const name = nameOf(folder, t)
  useTitle(name)
  const list = useInfiniteQuery(documentsQuery(folder.id, view))
  const folders = useInfiniteQuery(foldersQuery(folder.id)).data ?? []
  const documents = list.data ?? NONE
  const selection = useSelection(documents)
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false })
  const isNarrow = useMediaQuery('(max-width: 43.74em)', false, { getInitialValueInEffect: false })
  const acting = useActing({
    to,
    onTrashed: (things) => things.some(({ id }) => id === view.doc) && onView({ ...view, doc: undefined }),
  })
  const carry = useMoveByReference([...folders, ...documents])
  const uploads = useUploads()
  const looksFor = view.q !== undefined || view.kind !== undefined || view.by !== undefined
  const mayAdd = folder.abilities.includes('add')
  const look = (document: Document | undefined) =>
    isNarrow && document ? onOpen(document.id) : onView({ ...view, doc: document?.id })
  const [about, setAbout] = useState(false)
  const isAsked = about && !isWide
  const shown = display.use() === 'tiles' ? 'tiles' : 'table'
  const List = shown === 'tiles' ? DocumentTiles : DocumentTable
  return (
    <DropZone allowed={mayAdd} onDrop={(dropped) => uploads.add(folder.id, dropped)} name={name}>
      <div className={styles.docs}>
        <div className={styles.main}>
          <Breadcrumb path={pathOf(folder, t)} here={name} to={to} />
          <div className={styles.head}>
            <h1>{name}</h1>
            {!isWide && <IconButton icon={IconInfoCircle} label={ta('about')} onClick={() => setAbout(true)} />}
            {mayAdd && <Adding folder={folder} to={to} />}
          </div>
          <FolderTools folder={folder} view={view} onView={onView} documents={documents} />
          <FormError>{acting.fault}</FormError>
          {!looksFor && <FolderCards folders={folders} acting={acting} to={to} onCarried={carry} />}
          <SelectionBar folderId={folder.id} selection={selection} acting={acting} />
          <Loaded query={list} lines={6}>
            {() =>
              documents.length === 0 ? (
                <Nothing folder={folder} looksFor={looksFor} hasFolders={folders.length > 0} onView={onView} />
              ) : (
                <List
                  label={t('filesOf', { name })}
                  list={list}
                  documents={documents}
                  selection={selection}
                  view={view}
                  onView={onView}
                  acting={acting}
                  to={to}
                  onLook={look}
                  onOpen={onOpen}
                />
              )
            }
          </Loaded>
        </div>
        <SidePlace
          isWide={isWide}
          open={isAsked || (view.doc !== undefined && !isNarrow)}
          onClose={() => (isAsked ? setAbout(false) : onView({ ...view, doc: undefined }))}
          label={isAsked ? ta('about') : t('beside')}
          otherwise={<FolderPanel folder={folder} acting={acting} to={to} />}
        >
          {isAsked && <FolderPanel folder={folder} acting={acting} to={to} />}
          {!isAsked && view.doc !== undefined && <DocumentPanel key={view.doc} id={view.doc} acting={acting} to={to} />}
        </SidePlace>
      </div>
      {acting.dialogs}
    </DropZone>
  )
}

const NONE: Document[] = []

/** The space first, under the name that its readers know it by. */
interface NothingProps {
  folder: Folder
  looksFor: boolean
  hasFolders: boolean
  onView: (view: View) => void
}

function Nothing({ folder, looksFor, hasFolders, onView }: NothingProps) {
  const t = useText(texts)
  if (looksFor) {
    return (
      <EmptyState
        title={t('noneFound')}
        action={
          <Button look="secondary" onClick={() => onView({})}>
            {t('showAll')}
          </Button>
        }
      >
        {t('noneFoundText')}
      </EmptyState>
    )
  }
  if (hasFolders) return <p className={styles.noFiles}>{t('noFiles')}</p>
  return (
    <EmptyState title={t('emptyFolder')}>
      {t(folder.abilities.includes('add') ? 'emptyFolderAdd' : 'emptyFolderRead')}
    </EmptyState>
  )
}
