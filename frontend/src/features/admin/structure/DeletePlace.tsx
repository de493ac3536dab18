import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { texts } from './i18n'

interface DeletePlaceProps {
  name: string
  deletable: boolean
  onDelete: () => Promise<unknown>
  onGone: () => void
}

/** A unit, programme or cohort goes only while nothing and nobody belongs to it; else it says why it stays. */
export function DeletePlace({ name, deletable, onDelete, onGone }: DeletePlaceProps) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  return (
    <Slab title={t('delete')}>
      {!deletable && <p className={admin.muted}>{t('keptLead')}</p>}
      {deletable && (
        <Button look="danger" onClick={() => setOpen(true)}>
          {t('delete')}
        </Button>
      )}
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('deleteTitle', { name })}
        confirm={t('delete')}
        danger
        onConfirm={async () => {
          await onDelete()
          onGone()
        }}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </Slab>
  )
}
