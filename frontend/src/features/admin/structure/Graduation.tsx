import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { LackingTable } from './LackingTable'
import { useGraduation } from './mutations'
import { type Preview, previewQuery } from './queries'
import styles from './structure.module.css'

interface GraduationProps {
  cohortId: string
  year: number
  personAddress: (id: string) => string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What would happen on a day, before it is done; then what was done, and the way back. */
export function Graduation({ cohortId, year, personAddress }: GraduationProps) {
  const t = useText(texts)
  const [typed, setTyped] = useState<string>()
  const standing = useQuery(previewQuery(cohortId, ''))
  const set = standing.data?.graduation?.on
  const on = set ?? (typed && DAY.test(typed) ? typed : `${year}-07-01`)
  const preview = useQuery({ ...previewQuery(cohortId, on), placeholderData: keepPreviousData })
  return (
    <Slab title={t('graduation')}>
      <p className={admin.lead}>{t('graduationLead')}</p>
      {standing.data && !set && (
        <div className={admin.form}>
          <TextField
            label={t('on')}
            hint={t('onHint')}
            type="date"
            value={typed ?? on}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
      <Loaded query={preview} lines={5}>
        {(seen) => <Foreseen cohortId={cohortId} preview={seen} personAddress={personAddress} />}
      </Loaded>
    </Slab>
  )
}

interface ForeseenProps {
  cohortId: string
  preview: Preview
  personAddress: (id: string) => string
}

function Foreseen({ cohortId, preview, personAddress }: ForeseenProps) {
  const t = useText(texts)
  const { on, students, ready, lacking, unreachable, graduation, abilities } = preview
  if (students === 0 && graduation === null) return <p className={admin.end}>{t('nobody')}</p>
  return (
    <>
      {graduation && <Standing graduation={graduation} />}
      <div className={styles.figures}>
        <div>
          <strong>{t('willGraduate', { count: students })}</strong>
        </div>
        <div>
          <strong>{t('ready', { count: ready })}</strong>
          <span>{t('readyText')}</span>
        </div>
        <div>
          <strong>{lacking === 0 ? t('allReady') : t('lacking', { count: lacking })}</strong>
          {lacking > 0 && <span>{t('lackingText')}</span>}
          {unreachable > 0 && <span>{t('unreachable', { count: unreachable })}</span>}
        </div>
      </div>
      {lacking > 0 && <LackingTable cohortId={cohortId} on={on} personAddress={personAddress} />}
      {lacking > 0 && abilities.includes('remind') && <Remind cohortId={cohortId} on={on} />}
      <Acts cohortId={cohortId} preview={preview} />
    </>
  )
}

function Standing({
  graduation: { state, on, students, graduated },
}: {
  graduation: NonNullable<Preview['graduation']>
}) {
  const t = useText(texts)
  const language = useLanguage()
  const date = formatDate(`${on}T12:00:00`, language)
  return (
    <div className={admin.end}>
      <Result>
        {state === 'cancelling' ? t('cancelling') : t('planned', { date, count: graduated })}{' '}
        {state === 'running' && t('running', { done: String(graduated), all: String(students) })}
      </Result>
    </div>
  )
}

function Remind({ cohortId, on }: { cohortId: string; on: string }) {
  const t = useText(texts)
  const once = useOnce()
  const { remind } = useGraduation(cohortId)
  return (
    <>
      <FormError>{remind.error && messageOf(remind.error)}</FormError>
      <div className={admin.end}>
        <Button
          look="secondary"
          busy={remind.isPending}
          onClick={() => remind.mutate({ on, once: once({ on, at: Date.now() }) })}
        >
          {t('remind')}
        </Button>
        {!remind.data && <span className={admin.muted}>{t('remindText')}</span>}
        <Result>
          {remind.data && (remind.data.people > 0 ? t('reminded', { count: remind.data.people }) : t('remindedNone'))}
        </Result>
      </div>
    </>
  )
}

function Acts({ cohortId, preview: { on, students, lacking, abilities } }: { cohortId: string; preview: Preview }) {
  const t = useText(texts)
  const language = useLanguage()
  const once = useOnce()
  const [asked, setAsked] = useState<'graduate' | 'cancel'>('graduate')
  const [open, setOpen] = useState(false)
  const { graduate, cancel } = useGraduation(cohortId)
  const date = formatDate(`${on}T12:00:00`, language)
  const ask = (act: typeof asked) => {
    setAsked(act)
    setOpen(true)
  }
  return (
    <div className={admin.end}>
      {abilities.includes('graduate') && <Button onClick={() => ask('graduate')}>{t('graduation')}</Button>}
      {abilities.includes('cancel') && (
        <Button look="danger" onClick={() => ask('cancel')}>
          {t('cancelGraduation')}
        </Button>
      )}
      <Result>{cancel.isSuccess && !abilities.includes('cancel') && t('cancelled')}</Result>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t(asked === 'graduate' ? 'graduation' : 'cancelGraduation')}
        confirm={t(asked === 'graduate' ? 'graduation' : 'cancelGraduation')}
        danger={asked === 'cancel'}
        onConfirm={() =>
          asked === 'graduate' ? graduate.mutateAsync({ on, once: once({ on, at: Date.now() }) }) : cancel.mutateAsync()
        }
      >
        {asked === 'cancel' ? (
          t('cancelText')
        ) : (
          <>
            {t('confirmGraduation', { date, count: students })} {lacking > 0 && t('confirmLacking', { count: lacking })}{' '}
            {abilities.includes('remind') && t('confirmUndo')}
          </>
        )}
      </ConfirmDialog>
    </div>
  )
}
