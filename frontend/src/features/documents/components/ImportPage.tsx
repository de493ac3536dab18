import { IconFileUpload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { importable, useImportPage } from '../importing'
import type { Thing } from '../types'
import styles from './dialogs.module.css'

interface ImportPageProps {
  open: boolean
  onClose: () => void
  /** The folder into which a file of this machine is put, or a document whose page comes beside it. */
  of: Pick<Thing, 'id' | 'type' | 'name' | 'parentId'>
  to: Addresses
}

/** A page made of a Word document or a Markdown text; what is not taken over is said before it is opened. */
export function ImportPage({ open, onClose, of, to }: ImportPageProps) {
  const t = useText(texts)
  const navigate = useNavigate()
  const picker = useRef<HTMLInputElement>(null)
  const importing = useImportPage()
  const folderId = of.type === 'folder' ? of.id : of.parentId
  const show = (id: string) => {
    onClose()
    void navigate({ to: to.document(id) })
  }
  const make = (source: File | { id: string }) => {
    if (folderId === null || importing.isPending) return
    importing.mutate(
      { folderId, of: source, once: crypto.randomUUID() },
      { onSuccess: ({ document, lost }) => lost.length === 0 && show(document.id) },
    )
  }
  const made = importing.data
  return (
    <Dialog open={open} onClose={onClose} title={t(of.type === 'folder' ? 'importPage' : 'openAsPage')} width={520}>
      <input
        ref={picker}
        type="file"
        hidden
        accept={importable}
        aria-label={t('chooseImport')}
        onChange={({ target }) => {
          if (target.files?.[0]) make(target.files[0])
          target.value = ''
        }}
      />
      <FormError>{importing.error && messageOf(importing.error)}</FormError>
      {made ? (
        <section aria-label={t('notTakenOver')}>
          <h3>{t('notTakenOver')}</h3>
          <ul className={styles.lost}>
            {made.lost.map(({ code, text, count }) => (
              <li key={code}>
                {text} <small>{t('timesLost', { count })}</small>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p>{of.type === 'folder' ? t('importLead') : t('openAsPageLead', { name: of.name })}</p>
      )}
      <div className={styles.buttons}>
        {made ? (
          <Button onClick={() => show(made.document.id)}>{t('openPage')}</Button>
        ) : of.type === 'folder' ? (
          <Button icon={IconFileUpload} busy={importing.isPending} onClick={() => picker.current?.click()}>
            {t('chooseImport')}
          </Button>
        ) : (
          <Button busy={importing.isPending} onClick={() => make({ id: of.id })}>
            {t('makePage')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
