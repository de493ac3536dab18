import { IconFileTypeCsv } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { upload } from '@/entities/file/upload'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { Completeness } from './Completeness'
import { faultOf, saidOf, usualClosing } from './closing'
import { texts } from './i18n'
import styles from './imports.module.css'
import { type Import, type ImportDraft, useBeginImport } from './queries'

/** Sends the files, and has them compared. */
export function BeginImport({ onBegun }: { onBegun: (begun: Import) => void }) {
  const t = useText(texts)
  const [people, setPeople] = useState<File>()
  const [units, setUnits] = useState<File>()
  const [closing, setClosing] = useState(usualClosing)
  const [judged, setJudged] = useState(false)
  const [sent, setSent] = useState<number>()
  const [fault, setFault] = useState<string>()
  const once = useOnce()
  const beginning = useBeginImport()

  const begin = async () => {
    setJudged(true)
    if (!people) {
      setFault(t('needed'))
      return
    }
    setFault(undefined)
    if (faultOf(closing)) return
    setSent(0)
    try {
      const draft: ImportDraft = {
        file_id: (await upload(people, { onProgress: setSent })).id,
        units_file_id: units ? (await upload(units)).id : null,
        ...saidOf(closing),
      }
      onBegun(await beginning.mutateAsync({ draft, once: once(draft) }))
    } catch (error) {
      setFault(messageOf(error as Error))
    } finally {
      setSent(undefined)
    }
  }

  return (
    <Slab title={t('begin')}>
      <p className={admin.lead}>{t('beginLead')}</p>
      <form
        noValidate
        className={admin.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (sent === undefined) void begin()
        }}
      >
        <FormError>{fault}</FormError>
        <FileField label={t('people')} file={people} onChoose={setPeople} />
        <FileField label={t('units')} hint={t('unitsHint')} file={units} onChoose={setUnits} />
        <Completeness value={closing} onChange={setClosing} judged={judged} />
        <div className={admin.end}>
          <Button type="submit" busy={sent !== undefined}>
            {t('go')}
          </Button>
          <span role="status" className={admin.muted}>
            {sent !== undefined && t('sending', { percent: Math.round(sent * 100) })}
          </span>
        </div>
      </form>
    </Slab>
  )
}

interface FileFieldProps {
  label: string
  hint?: string
  file: File | undefined
  onChoose: (file: File | undefined) => void
}

function FileField({ label, hint, file, onChoose }: FileFieldProps) {
  const t = useText(texts)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.file} role="group" aria-labelledby={id}>
      <b id={id}>{label}</b>
      {hint && <p className={admin.muted}>{hint}</p>}
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={label}
        onChange={(event) => onChoose(event.target.files?.[0])}
      />
      <Button look="secondary" icon={IconFileTypeCsv} onClick={() => input.current?.click()}>
        {file ? file.name : t('choose')}
      </Button>
    </div>
  )
}
