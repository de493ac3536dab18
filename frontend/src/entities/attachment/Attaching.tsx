import { IconFolder, IconPaperclip, IconPhoto } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { FieldError } from '@/components/forms/Field'
import { useText } from '@/lib/i18n'
import { AttachedFile } from './AttachedFile'
import { AttachedImage } from './AttachedImage'
import styles from './attachment.module.css'
import { texts } from './texts'
import type { Attachments } from './useAttachments'

const DocumentPicker = lazy(async () => ({ default: (await import('./DocumentPicker')).DocumentPicker }))

interface AttachingProps {
  attachments: Attachments
  /** Whether anything may be attached here. */
  allowed: boolean
  /** Whether it may refer to documents. */
  refers?: boolean
  /** The fields of what is written: what is dropped or pasted there is attached. */
  children: ReactNode
}

/** Where something is written and things are attached to it: chosen, dropped or pasted. */
export function Attaching({ attachments, allowed, refers = true, children }: AttachingProps) {
  const t = useText(texts)
  const [dropping, setDropping] = useState(false)
  const take = (list: FileList | undefined) => list && list.length > 0 && attachments.add(list)
  const drop = (event: DragEvent) => {
    if (!allowed || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setDropping(false)
    take(event.dataTransfer.files)
  }
  const hover = (event: DragEvent) => {
    if (!allowed || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setDropping(true)
  }
  const paste = (event: ClipboardEvent) => {
    if (!allowed || event.clipboardData.files.length === 0) return
    event.preventDefault()
    take(event.clipboardData.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are shortcuts of the buttons below.
    <div
      className={styles.zone}
      data-dropping={dropping || undefined}
      onDrop={drop}
      onDragOver={hover}
      onDragLeave={() => setDropping(false)}
      onPaste={paste}
    >
      {children}
      {dropping && <p className={styles.dropHere}>{t('dropHere')}</p>}
      <Attached attachments={attachments} />
      <div className={styles.choosing}>
        {allowed && <Choosing attachments={attachments} />}
        {refers && <FromDocuments attachments={attachments} />}
      </div>
    </div>
  )
}

function Choosing({ attachments }: { attachments: Attachments }) {
  const t = useText(texts)
  const images = useRef<HTMLInputElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement, asFiles: boolean) => {
    attachments.add([...(input.files ?? [])], asFiles)
    input.value = ''
  }
  return (
    <>
      <input
        ref={images}
        type="file"
        multiple
        hidden
        accept="image/png,image/jpeg,image/webp"
        aria-label={t('chooseImages')}
        onChange={(event) => take(event.target, false)}
      />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('chooseFiles')}
        onChange={(event) => take(event.target, true)}
      />
      <Button look="quiet" size="small" icon={IconPhoto} onClick={() => images.current?.click()}>
        {t('addImages')}
      </Button>
      <Button look="quiet" size="small" icon={IconPaperclip} onClick={() => files.current?.click()}>
        {t('addFiles')}
      </Button>
    </>
  )
}

/** Where something is written that refers to documents, and shows nothing else. */
export function Referring({ attachments }: { attachments: Attachments }) {
  return (
    <>
      <Attached attachments={attachments} />
      <FromDocuments attachments={attachments} />
    </>
  )
}

function FromDocuments({ attachments }: { attachments: Attachments }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" size="small" icon={IconFolder} onClick={() => setOpen(true)}>
        {t('fromDocuments')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <DocumentPicker open onClose={() => setOpen(false)} onChoose={attachments.refer} />
        </Suspense>
      )}
    </>
  )
}

/** What is attached so far. */
export function Attached({ attachments }: { attachments: Attachments }) {
  const t = useText(texts)
  const { items, judged, tooMany } = attachments
  const images = items.filter(({ isImage }) => isImage)
  const files = items.filter(({ isImage, group }) => !isImage && group === undefined)
  const documents = items.filter(({ group }) => group !== undefined)
  const waits = judged && items.some(({ ready }) => !ready)
  return (
    <>
      {images.length > 0 && (
        <ul className={styles.attached} aria-label={t('images')}>
          {images.map((item, index) => (
            <AttachedImage key={item.key} item={item} first={index === 0} attachments={attachments} />
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul className={styles.attached} aria-label={t('files')}>
          {files.map((item, index) => (
            <AttachedFile key={item.key} item={item} first={index === 0} attachments={attachments} />
          ))}
        </ul>
      )}
      {documents.length > 0 && (
        <ul className={styles.attached} aria-label={t('documents')}>
          {documents.map((item, index) => (
            <AttachedFile key={item.key} item={item} first={index === 0} attachments={attachments} />
          ))}
        </ul>
      )}
      <div aria-live="polite">
        {tooMany && <FieldError id={undefined}>{t('tooMany')}</FieldError>}
        {waits && <FieldError id={undefined}>{t('waitForThem')}</FieldError>}
      </div>
    </>
  )
}
