import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts as common } from '../i18n'
import type { Version } from '../types'
import { texts } from '../versions.texts'
import styles from './dialogs.module.css'

interface LabelDialogProps {
  version: Version | undefined
  onClose: () => void
  onKeep: (label: string) => Promise<unknown>
}

/** What a version is called, so that it is found again: « Remis à la préfecture ». */
export function LabelDialog({ version, onClose, onKeep }: LabelDialogProps) {
  const t = useText(texts)
  const tc = useText(common)
  const [fault, setFault] = useState<unknown>()
  const keep = async (label: string) => {
    try {
      await onKeep(label)
      onClose()
    } catch (error) {
      setFault(error)
    }
  }
  return (
    <Dialog open={version !== undefined} onClose={onClose} title={t('nameVersion')} width={440}>
      {version && (
        <Form
          error={fault === undefined ? null : messageOf(fault)}
          failure={fault}
          onSubmit={(values) => void keep(values('label').trim())}
        >
          <TextField
            label={t('versionLabel')}
            hint={t('versionLabelHint')}
            name="label"
            defaultValue={version.label}
            maxLength={120}
            optional
            data-autofocus
          />
          <div className={styles.buttons}>
            <Button type="submit">{tc('keep')}</Button>
          </div>
        </Form>
      )}
    </Dialog>
  )
}
