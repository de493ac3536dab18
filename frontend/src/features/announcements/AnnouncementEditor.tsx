import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { Attaching } from '@/entities/attachment/Attaching'
import { useAttachments } from '@/entities/attachment/useAttachments'
import { useText } from '@/lib/i18n'
import { languages, useLanguage } from '@/lib/language'
import { AimFields } from './AimFields'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { useKeep, useSend } from './mutations'
import { type Draft, reachedQuery, type Sent } from './queries'
import { aimOf, begun, keptOf, type Writing } from './writing'

const MOST_FACTS = 6

interface AnnouncementEditorProps {
  /** What was kept before; absent for a new one. */
  kept?: Draft
  /** Those whose recipients may be left out. */
  sent: readonly Sent[]
  onDone: (what?: 'isKept' | 'isSent') => void
}

/** Writes an announcement beside whom it reaches. */
export function AnnouncementEditor({ kept, sent, onDone }: AnnouncementEditorProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [writing, setWriting] = useState(() => begun(kept, language))
  const set = (more: Partial<Writing>) => setWriting({ ...writing, ...more })
  const aim = aimOf(writing)
  const counted = useQuery(reachedQuery(aim)).data
  const reached = aim ? counted : undefined // What was counted before is of another aim.
  const attachments = useAttachments(kept)
  const keep = useKeep(kept)
  const send = useSend(keep)
  const failed = send.error ?? keep.error
  const errors = formErrors(failed, ['title', 'body', 'places', 'closes_at', 'send_at'])
  const whole = () => keptOf(writing, attachments.draft())
  const isLater = writing.sendAt !== ''
  return (
    <Slab title={t('newOne')}>
      <Form
        error={errors.form}
        failure={failed}
        onSubmit={() => {
          if (send.isPending || !attachments.check()) return
          send.mutate(whole(), { onSuccess: () => onDone('isSent') })
        }}
      >
        <div className={styles.editor}>
          <div className={styles.words}>
            <TextField
              label={t('title')}
              value={writing.title}
              maxLength={200}
              lang={writing.language}
              error={errors.fields.title}
              onChange={(event) => set({ title: event.target.value })}
            />
            <Attaching attachments={attachments} allowed refers={false}>
              <TextArea
                label={t('body')}
                hint={t('bodyHint')}
                rows={8}
                maxLength={20000}
                lang={writing.language}
                value={writing.body}
                error={errors.fields.body}
                onChange={(event) => set({ body: event.target.value })}
              />
            </Attaching>
            <FactsField facts={writing.facts} onChange={(facts) => set({ facts })} />
            <SelectField
              label={t('language')}
              options={languages.map((value) => ({ value, label: t(value) }))}
              value={writing.language}
              onChange={(value) => set({ language: value })}
            />
          </div>
          <div className={styles.aim}>
            <AimFields writing={writing} set={set} sent={sent} errors={errors.fields} />
            {aim && <Reach reached={reached} byMail={writing.byMail} />}
          </div>
        </div>
        <div className={styles.acts}>
          {!isLater && (
            <Button type="submit" busy={send.isPending}>
              {reached?.people ? t('sendTo', { count: reached.people }) : t('send')}
            </Button>
          )}
          <Button
            look="secondary"
            busy={keep.isPending}
            onClick={() => {
              if (attachments.check()) keep.mutate(whole(), { onSuccess: () => onDone('isKept') })
            }}
          >
            {t(isLater ? 'schedule' : 'keep')}
          </Button>
          <Button look="quiet" onClick={() => onDone()}>
            {t('cancel')}
          </Button>
        </div>
      </Form>
    </Slab>
  )
}

type Facts = Draft['facts']

function FactsField({ facts, onChange }: { facts: Facts; onChange: (facts: Facts) => void }) {
  const t = useText(texts)
  const change = (place: number, more: Partial<Facts[number]>) =>
    onChange(facts.map((fact, number) => (number === place ? { ...fact, ...more } : fact)))
  return (
    <fieldset className={styles.facts}>
      <legend>{t('facts')}</legend>
      {facts.map((fact, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact is told from others by its place alone.
        <div key={place}>
          <TextField
            label={t('factLabel', { number: place + 1 })}
            value={fact.label}
            maxLength={30}
            onChange={(event) => change(place, { label: event.target.value })}
          />
          <TextField
            label={t('factValue', { number: place + 1 })}
            value={fact.value}
            maxLength={120}
            onChange={(event) => change(place, { value: event.target.value })}
          />
        </div>
      ))}
      {facts.length < MOST_FACTS && (
        <Button look="soft" size="small" icon={IconPlus} onClick={() => onChange([...facts, { label: '', value: '' }])}>
          {t('addFact')}
        </Button>
      )}
    </fieldset>
  )
}

interface ReachProps {
  reached:
    | {
        people: number | null
        about: boolean
        by_mail: number | null
        told_enough: number | null
        told_before: number | null
        most: number
      }
    | undefined
  byMail: boolean
}

/** Whom it reaches, before it is sent. */
function Reach({ reached, byMail }: ReachProps) {
  const t = useText(texts)
  if (!reached) return <p role="status">{t('counting')}</p>
  const { people, about, by_mail, told_enough, told_before, most } = reached
  const counted = !about ? 'reached' : told_enough === null ? 'reachedAtMost' : 'reachedAbout'
  return (
    <div role="status" className={styles.reach}>
      <p>
        <b>{people === null ? t('reachedFew') : t(counted, { count: people })}</b>
        {byMail && by_mail !== null && `, ${t('mailed', { count: by_mail })}`}
      </p>
      {Boolean(told_enough) && <p>{t('left', { count: told_enough ?? 0, most })}</p>}
      {Boolean(told_before) && <p>{t('before', { count: told_before ?? 0 })}</p>}
    </div>
  )
}
