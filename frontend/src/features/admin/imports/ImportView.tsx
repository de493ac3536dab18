import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { kindNames } from '../words.texts'
import { ApplyImport } from './ApplyImport'
import { Findings } from './Findings'
import { texts } from './i18n'
import styles from './imports.module.css'
import { type Import, importQuery, isMoving, useCancelImport } from './queries'
import { StateOfImport } from './StateOfImport'

/** One import: how far it has come, what it found, and applying it. */
export function ImportView({ id }: { id: string }) {
  const one = useQuery(importQuery(id))
  return (
    <Loaded query={one}>
      {({ data, version }) => (
        <div className={styles.stack}>
          <Head one={data} version={version} />
          {data.state !== 'reading' && data.failure === null && <Findings one={data} />}
        </div>
      )}
    </Loaded>
  )
}

function Head({ one, version }: { one: Import; version: string }) {
  const t = useText(texts)
  const [giving, setGiving] = useState(false)
  const cancelling = useCancelImport(one.id)
  const counts = one.state === 'done' ? { ...one.done, refused: one.found.refused } : one.found
  return (
    <>
      <PageTitle>{one.file_name}</PageTitle>
      <Slab title={t('result')}>
        <div className={admin.tools}>
          <p>{t('summary', counts)}</p>
          <StateOfImport state={one.state} />
        </div>
        <Extent one={one} />
        <Progress one={one} />
        {one.failure && (
          <p className={admin.note} role="alert">
            <Icon as={IconAlertTriangle} size={20} />
            <span>
              {one.failure}{' '}
              {one.failure_columns.length > 0 && t('failedColumns', { columns: one.failure_columns.join(', ') })}
            </span>
          </p>
        )}
        <Result>{one.state === 'done' && t('doneText')}</Result>
        <div className={admin.end}>
          {one.abilities.includes('apply') && <ApplyImport one={one} version={version} />}
          {one.abilities.includes('cancel') && (
            <Button look="secondary" onClick={() => setGiving(true)}>
              {t('cancel')}
            </Button>
          )}
          <ReportLink id={one.id} />
        </div>
        <ConfirmDialog
          open={giving}
          onClose={() => setGiving(false)}
          title={t('cancelTitle')}
          confirm={t('cancel')}
          danger
          onConfirm={() => cancelling.mutateAsync()}
        >
          {t('cancelText')}
        </ConfirmDialog>
      </Slab>
    </>
  )
}

/** What was said of the file, which whoever applies it may not have sent. */
function Extent({ one }: { one: Import }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const names = one.kinds.map((kind) => tk(kind)).join(', ')
  return (
    <p className={admin.muted}>
      {one.complete ? t('completeOf', { kinds: names, percent: one.most_closed_percent }) : t('incomplete')}
    </p>
  )
}

function ReportLink({ id }: { id: string }) {
  const t = useText(texts)
  return (
    <a className={styles.download} href={`/api/v1/people/imports/${id}/report`} download="import.csv">
      <Icon as={IconDownload} size={17} />
      {t('download')}
    </a>
  )
}

/** How far it is, said to readers once per phase rather than each second. */
function Progress({ one }: { one: Import }) {
  const t = useText(texts)
  const phases = {
    reading: 'reading',
    comparing: 'comparing',
    places: 'places',
    people: 'peoplePhase',
    closing: 'closing',
  } as const
  const phase = t(phases[one.phase])
  const part = one.total > 0 ? Math.min(one.progress / one.total, 1) : 0
  return (
    <div className={styles.progress}>
      <span role="status" className={styles.phase}>
        {isMoving(one) ? phase : ''}
      </span>
      {isMoving(one) && (
        <>
          <progress value={part} max={1} aria-label={phase} />
          <span aria-hidden="true">{t('progress', { phase, percent: Math.round(part * 100) })}</span>
        </>
      )}
    </div>
  )
}
