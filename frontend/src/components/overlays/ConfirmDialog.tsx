import { type ReactNode, useState } from 'react'
import { useText } from '@/lib/i18n'
import { Button } from '../buttons/Button'
import { FormError } from '../forms/FormError'
import { texts } from '../texts'
import { Dialog } from './Dialog'

interface ConfirmDialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** What will happen, and whether it can be undone. */
  children: ReactNode
  /** The verb of the button that opened this dialog. */
  confirm: string
  danger?: boolean
  /** The dialog closes when it resolves, and shows the message of what it throws. */
  onConfirm: () => Promise<unknown>
}

export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  confirm,
  danger = false,
  onConfirm,
}: ConfirmDialogProps) {
  const t = useText(texts)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()

  const run = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setFault(error instanceof Error ? error.message : t('errorText'))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      width={440}
      footer={
        <>
          <Button look="secondary" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={run}>
            {confirm}
          </Button>
        </>
      }
    >
      <FormError>{fault}</FormError>
      {children}
    </Dialog>
  )
}
