import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Dialog } from '@/components/overlays/Dialog'
import { Prose } from '@/components/Prose'
import { texts as common } from '@/components/texts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Community } from '../queries'
import styles from './community.module.css'

interface CharterDialogProps {
  open: boolean
  onClose: () => void
  community: Community
  lead: string
  confirm: string
  /** Given the version that was read; the dialog closes when it resolves. */
  onAccept: (version: number) => Promise<unknown>
}

/** The charter, to be read before it is accepted. */
export function CharterDialog({ open, onClose, community, lead, confirm, onAccept }: CharterDialogProps) {
  const t = useText(texts)
  const tc = useText(common)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const accept = async () => {
    setBusy(true)
    setFault(undefined)
    try {
      await onAccept(community.charter_version)
      onClose()
    } catch (error) {
      setFault(messageOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('charterOf', { name: community.name })}
      width={600}
      footer={
        <>
          <Button look="secondary" onClick={onClose} data-autofocus>
            {tc('cancel')}
          </Button>
          <Button busy={busy} onClick={accept}>
            {confirm}
          </Button>
        </>
      }
    >
      <FormError>{fault}</FormError>
      <p className={styles.lead}>{lead}</p>
      <Prose html={community.charter_html} lang={community.language} />
    </Dialog>
  )
}
