import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { useSuspension } from './mutations'
import type { Person } from './queries'

/** Keeping somebody out, and letting back in: what it does is said before. */
export function Suspension({ person, own }: { person: Person; own: boolean }) {
  const t = useText(texts)
  const language = useLanguage()
  const { name, suspended_at, abilities } = person
  const [asked, setAsked] = useState<'suspend' | 'restore'>()
  const [open, setOpen] = useState(false)
  const [result, setResult] = useState<string>()
  const changing = useSuspension(person.id)
  const act = abilities.find((one) => one === 'suspend' || one === 'restore')

  const change = async () => {
    await changing.mutateAsync(asked === 'suspend')
    setResult(t(asked === 'suspend' ? 'suspendDone' : 'restoreDone', { name }))
  }

  return (
    <Slab title={t('suspension')}>
      <p className={admin.lead}>
        {suspended_at ? t('suspendedSince', { date: formatDate(suspended_at, language) }) : t('suspensionLead')}
      </p>
      {act === undefined && <p className={admin.muted}>{t(own ? 'notYourself' : 'aboveYou')}</p>}
      {act && (
        <Button
          look={act === 'suspend' ? 'danger' : 'primary'}
          onClick={() => {
            setAsked(act)
            setOpen(true)
          }}
        >
          {t(act)}
        </Button>
      )}
      <div className={admin.said}>
        <Result>{result}</Result>
      </div>
      {asked && (
        <ConfirmDialog
          open={open}
          onClose={() => setOpen(false)}
          title={t(asked === 'suspend' ? 'suspendTitle' : 'restoreTitle', { name })}
          confirm={t(asked)}
          danger={asked === 'suspend'}
          onConfirm={change}
        >
          {t(asked === 'suspend' ? 'suspendText' : 'restoreText')}
        </ConfirmDialog>
      )}
    </Slab>
  )
}
