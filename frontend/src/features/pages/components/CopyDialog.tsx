import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { TextArea } from '@/components/forms/TextArea'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './page.module.css'

interface CopyDialogProps {
  /** The page may not be read any more, or what was written is not taken. */
  reason: 'closed' | 'refused'
  text: string
  onClose: () => void
}

/** What was written stays with who wrote it, though the page does not take it. */
export function CopyDialog({ reason, text, onClose }: CopyDialogProps) {
  const t = useText(texts)
  return (
    <Dialog open onClose={onClose} title={t(reason === 'closed' ? 'closedTitle' : 'refusedTitle')} width={600}>
      <p className={styles.why}>{t(reason === 'closed' ? 'closedText' : 'refusedText')}</p>
      <TextArea label={t('textToCopy')} value={text} readOnly rows={10} />
      <div className={styles.buttons}>
        <CopyButton text={text}>{t('copyText')}</CopyButton>
        <Button onClick={onClose}>{t(reason === 'closed' ? 'close' : 'reopen')}</Button>
      </div>
    </Dialog>
  )
}
