import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useDeleteMessage } from '../mutations'
import type { Message } from '../types'

/** What is asked before something is done with a message. */
export interface Question {
  what: 'delete'
  message: Message
}

/** The dialogs of one message. */
export function Asked({ question, onClose }: { question: Question | undefined; onClose: () => void }) {
  const t = useText(texts)
  const remove = useDeleteMessage()
  if (question === undefined) return null
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t('deleteTitle')}
      confirm={t('delete')}
      danger
      onConfirm={() => remove.mutateAsync(question.message)}
    >
      {t('deleteText')}
    </ConfirmDialog>
  )
}
