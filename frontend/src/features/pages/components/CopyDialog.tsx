import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { TextArea } from '@/components/forms/TextArea'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './page.module.css'

interface CopyDialogProps {
  /** The page may not be read any more, or what was written is not taken: why, as the server says it. */
  reason: 'closed' | (string & {})
  text: string
  onClose: () => void
}

type Reason = Record<
  'title' | 'text',
  'closedTitle' | 'closedText' | 'refusedTitle' | 'refusedText' | 'spaceFullTitle' | 'spaceFullText' | 'tooLargeText'
>
const OTHER: Reason = { title: 'refusedTitle', text: 'refusedText' }
const REASONS: Record<string, Reason> = {
  closed: { title: 'closedTitle', text: 'closedText' },
  space_full: { title: 'spaceFullTitle', text: 'spaceFullText' },
  too_large: { title: 'refusedTitle', text: 'tooLargeText' },
}

/** What was written stays with who wrote it, though the page does not take it. */
export function CopyDialog({ reason, text, onClose }: CopyDialogProps) {
  const t = useText(texts)
  const { title, text: why } = REASONS[reason] ?? OTHER
  return (
    <Dialog open onClose={onClose} title={t(title)} width={600}>
      <p className={styles.why}>{t(why)}</p>
      <TextArea label={t('textToCopy')} value={text} readOnly rows={10} />
      <div className={styles.buttons}>
        <CopyButton text={text}>{t('copyText')}</CopyButton>
        <Button onClick={onClose}>{t(reason === 'closed' ? 'close' : 'reopen')}</Button>
      </div>
    </Dialog>
  )
}
