import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './imports.module.css'
import { type Import, useApplyImport } from './queries'

/** Says what will happen in numbers, then has it done. */
export function ApplyImport({ one, version }: { one: Import; version: string }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const [mails, setMails] = useState(false)
  const [anyway, setAnyway] = useState(false)
  const applying = useApplyImport(one.id, version)
  const { created, changed, closed, refused, reachable, places_created } = one.found
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('apply')}</Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('applyTitle')}
        confirm={t('apply')}
        danger={one.stopped}
        onConfirm={() => applying.mutateAsync({ send_activations: mails, close_anyway: anyway })}
      >
        <ul className={styles.will}>
          <li>{t('willCreate', { count: created })}</li>
          <li>{t('willChange', { count: changed })}</li>
          <li>{t('willClose', { count: closed })}</li>
          {places_created > 0 && <li>{t('willPlace', { count: places_created })}</li>}
          <li>{t('willRefuse', { count: refused })}</li>
        </ul>
        {reachable > 0 && (
          <Checkbox
            label={t('mail')}
            hint={t('mailHint', { count: reachable })}
            checked={mails}
            onChange={(event) => setMails(event.target.checked)}
          />
        )}
        {one.stopped && (
          <Checkbox
            label={t('closeAnyway')}
            hint={t('stopped', { percent: one.most_closed_percent })}
            checked={anyway}
            onChange={(event) => setAnyway(event.target.checked)}
          />
        )}
      </ConfirmDialog>
    </>
  )
}
