import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { showToast } from '@/components/toast/toasts'
import { useText } from '@/lib/i18n'
import type { Addresses } from './addresses'
import { NameDialog } from './components/NameDialog'
import { PlaceDialog } from './components/PlaceDialog'
import { RightsDialog } from './components/RightsDialog'
import { texts } from './i18n'
import { useLock, useRecover, useTrash } from './mutations'
import type { Document, Reference, Thing } from './types'
import { useUploads } from './uploads'

const ImportPage = lazy(async () => ({ default: (await import('./components/ImportPage')).ImportPage }))
const LinksDialog = lazy(async () => ({ default: (await import('./components/LinksDialog')).LinksDialog }))

export type Act = 'rename' | 'move' | 'copy' | 'share' | 'links' | 'page'

export interface Acting {
  /** Opens the dialog of what is to be done. */
  ask: (act: Act, things: readonly Thing[]) => void
  trash: (things: readonly Thing[]) => void
  /** A document as it is, a folder as a zip. */
  download: (thing: Reference) => void
  newVersion: (document: Document) => void
  /** Whether pages can be opened from here. */
  opensPages: boolean
  lock: (documentId: string, locked: boolean) => void
  /** Why the last did not work. */
  fault: string | null
  /** The dialogs themselves, to be put somewhere on the page. */
  dialogs: ReactNode
}

interface Surroundings {
  onTrashed?: (things: readonly Thing[]) => void
  /** Where a page that is made of a document is opened. */
  to?: Addresses
}

/** Everything that is done with folders and documents, from wherever it is asked for. */
export function useActing({ onTrashed, to }: Surroundings = {}): Acting {
  const t = useText(texts)
  const [asked, setAsked] = useState<{ act: Act; things: readonly Thing[] }>()
  const [open, setOpen] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const versionFor = useRef<Document>(undefined)
  const picker = useRef<HTMLInputElement>(null)
  const uploads = useUploads()
  const trashing = useTrash()
  const recovering = useRecover()
  const locking = useLock()
  const onError = (error: unknown) => setFault(messageOf(error))

  const trash = (things: readonly Thing[]) => {
    setFault(null)
    trashing.mutate(things, {
      onError,
      onSuccess: () => {
        onTrashed?.(things)
        showToast({
          text:
            things.length === 1
              ? t('trashedOne', { name: things[0]?.name ?? '' })
              : t('trashedSome', { count: things.length }),
          action: { label: t('undo'), onSelect: () => recovering.mutate(things, { onError }) },
        })
      },
    })
  }
  const takeVersion = (file: File | undefined) => {
    const document = versionFor.current
    if (file && document) uploads.addVersion(document.id, document.folder?.id ?? null, file)
    if (picker.current) picker.current.value = ''
  }
  const close = () => setOpen(false)
  const things = asked?.things ?? []
  const [first] = things
  return {
    ask: (act, those) => {
      setFault(null)
      setAsked({ act, things: those })
      setOpen(true)
    },
    trash,
    download: (thing) => download(addressOf(thing)),
    newVersion: (document) => {
      versionFor.current = document
      picker.current?.click()
    },
    lock: (documentId, locked) => locking.mutate({ documentId, locked }, { onError, onSuccess: () => setFault(null) }),
    opensPages: to !== undefined,
    fault,
    dialogs: (
      <>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={t('newVersion')}
          onChange={(event) => takeVersion(event.target.files?.[0])}
        />
        {first && (
          <>
            <NameDialog open={open && asked?.act === 'rename'} onClose={close} thing={first} />
            <PlaceDialog open={open && asked?.act === 'move'} onClose={close} act="move" things={things} />
            <PlaceDialog open={open && asked?.act === 'copy'} onClose={close} act="copy" things={things} />
            <RightsDialog open={open && asked?.act === 'share'} onClose={close} thing={first} />
            {asked?.act === 'page' && to && (
              <Suspense>
                <ImportPage open={open} onClose={close} of={first} to={to} />
              </Suspense>
            )}
            {asked?.act === 'links' && (
              <Suspense>
                <LinksDialog open={open} onClose={close} thing={first} />
              </Suspense>
            )}
          </>
        )}
      </>
    ),
  }
}

/** Where the bytes of a thing are. */
export const addressOf = ({ type, id }: Reference) =>
  type === 'folder' ? `/api/v1/folders/${id}/archive` : `/api/v1/documents/${id}/content`

/** The same of a document, as others can open it: the bytes of a page are for programs. */
export const contentOf = ({ kind, id }: Pick<Document, 'kind' | 'id'>) =>
  kind === 'page' ? `/api/v1/pages/${id}/export?format=docx` : addressOf({ type: 'document', id })

export function download(address: string) {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
