import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAskContact } from '../mutations'
import { WordsDialog } from './WordsDialog'

interface AskContactProps {
  id: string
  name: string
  open: boolean
  onClose: () => void
}

/** Asks somebody to be in contact, with a word if one likes. */
export function AskContact({ id, name, open, onClose }: AskContactProps) {
  const t = useText(texts)
  const ask = useAskContact(id)
  return (
    <WordsDialog
      open={open}
      onClose={onClose}
      title={t('addTitle', { name })}
      lead={t('addText')}
      label={t('message')}
      confirm={t('send')}
      optional
      longest={300}
      field="message"
      busy={ask.isPending}
      failure={ask.error}
      onSend={(words) => ask.mutate(words, { onSuccess: onClose })}
    />
  )
}
