import { Button } from '@/components/buttons/Button'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts as common } from '../i18n'
import type { Document, Version } from '../types'
import { texts } from '../versions.texts'
import { Preview } from './Preview'
import styles from './panel.module.css'

interface VersionDialogProps {
  version: Version | undefined
  document: Document
  onClose: () => void
  onRestore?: (number: number) => void
}

/** An earlier version, to look at before it is made current again. */
export function VersionDialog({ version, document, onClose, onRestore }: VersionDialogProps) {
  const t = useText(texts)
  const tc = useText(common)
  return (
    <Dialog
      open={version !== undefined}
      onClose={onClose}
      title={version?.label || t('versionNumber', { number: version?.number ?? 0 })}
      width={860}
      footer={
        version &&
        onRestore && (
          <>
            <Button look="secondary" onClick={onClose}>
              {tc('close')}
            </Button>
            <Button onClick={() => onRestore(version.number)}>{t('restoreThis')}</Button>
          </>
        )
      }
    >
      {version && (
        <div className={styles.versionSeen}>
          <Preview shown={{ ...version, name: document.name, group: document.group }} />
        </div>
      )}
    </Dialog>
  )
}
