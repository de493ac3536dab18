import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { everybody, type SaidRule } from '@/entities/audience/rule'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { useKeep, useSend } from './mutations'
import { type Aim, type Draft, type Kept, reachedQuery, type Sent } from './queries'

const MOST_FACTS = 6

interface AnnouncementEditorProps {
  /** What was kept before; absent for a new one. */
  kept?: Draft
  /** Those whose recipients may be left out. */
  sent: readonly Sent[]
  onDone: (what?: 'isKept' | 'isSent') => void
}

const begun = (kept: Draft | undefined, language: 'fr' | 'en') => ({
  title: kept?.title ?? '',
  body: kept?.body ?? '',
  language: kept?.language ?? language,
  facts: kept?.facts ?? [],
  to: kept?.to === 'audience' ? ('audience' as const) : ('square' as const),
  excluded: kept?.excluded ?? [],
  essential: kept?.essential ?? false,
  asks: kept?.asks ?? false,
  by_mail: kept?.by_mail ?? false,
})

/** Writes an announcement beside whom it reaches. */
export function AnnouncementEditor({ kept, sent, onDone }: AnnouncementEditorProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [said, setSaid] = useState(() => begun(kept, language))
  const [rule, setRule] = useState<SaidRule>(
    kept?.rule ? { rule: { ...everybody.rule, ...kept.rule }, names: {} } : everybody,
  )
  const [at, setAt] = useState('')
  const set = (more: Partial<typeof said>) => setSaid({ ...said, ...more })
  const aim: Aim = {
    to: said.to,
    excluded: said.excluded,
    essential: said.essential,
    ...(said.to === 'audience' && { rule: rule.rule }),
  }
  const reached = useQuery(reachedQuery(aim)).data
  const keep = useKeep(kept)
  const send = useSend(kept)
  const failed = send.error ?? keep.error
  const errors = formErrors(failed, ['title', 'body', 'send_at'])
  const facts = said.facts.filter(({ label, value }) => label.trim() && value.trim())
  const whole: Kept = { ...said, facts, rule: said.to === 'audience' ? rule.rule : null }
  const later = () =>
    keep.mutate({ ...whole, send_at: at ? new Date(at).toISOString() : null }, { onSuccess: () => onDone('isKept') })
  return (
    <Slab title={t('newOne')}>
      <Form
        error={errors.form}
        failure={failed}
        onSubmit={() => !send.isPending && send.mutate(whole, { onSuccess: () => onDone('isSent') })}
      >
        <div className={styles.editor}>
          <div className={styles.words}>
            <TextField
              label={t('title')}
              value={said.title}
              maxLength={200}
              error={errors.fields.title}
              onChange={(event) => set({ title: event.target.value })}
            />
            <TextArea
              label={t('body')}
              hint={t('bodyHint')}
              rows={8}
              maxLength={20000}
              value={said.body}
              error={errors.fields.body}
              onChange={(event) => set({ body: event.target.value })}
            />
            <FactsField facts={said.facts} onChange={(next) => set({ facts: next })} />
          </div>
          <div className={styles.aim}>
            <ChoiceGroup
              legend={t('to')}
              options={[
                { value: 'square', label: t('square'), hint: t('squareHint') },
                { value: 'audience', label: t('audience'), hint: t('audienceHint') },
              ]}
              value={said.to}
              onChange={(to) => set({ to })}
            />
            {said.to === 'audience' && <AudienceForm said={rule} onSay={setRule} />}
            <SelectField
              label={t('excluded')}
              options={[
                { value: '', label: t('nobodyExcluded') },
                ...sent.map(({ post_id, title }) => ({ value: post_id, label: title })),
              ]}
              value={said.excluded[0] ?? ''}
              onChange={(value) => set({ excluded: value ? [value] : [] })}
            />
            <Checkbox
              label={t('byMail')}
              hint={t('byMailHint')}
              checked={said.by_mail}
              onChange={(event) => set({ by_mail: event.target.checked })}
            />
            <Checkbox
              label={t('asksLabel')}
              hint={t('asksHint')}
              checked={said.asks}
              onChange={(event) => set({ asks: event.target.checked })}
            />
            <Checkbox
              label={t('essentialLabel')}
              hint={t('essentialHint')}
              checked={said.essential}
              onChange={(event) => set({ essential: event.target.checked })}
            />
            <TextField
              label={t('sendAt')}
              type="datetime-local"
              optional
              value={at}
              error={errors.fields.send_at}
              onChange={(event) => setAt(event.target.value)}
            />
            <Reach reached={reached} byMail={said.by_mail} />
          </div>
        </div>
        <div className={styles.acts}>
          {!at && (
            <Button type="submit" busy={send.isPending}>
              {reached?.people ? t('sendTo', { count: reached.people }) : t('send')}
            </Button>
          )}
          <Button look="secondary" busy={keep.isPending} onClick={later}>
            {t(at ? 'schedule' : 'keep')}
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
  return (
    <div role="status" className={styles.reach}>
      <p>
        <b>{people === null ? t('reachedFew') : t(about ? 'reachedAbout' : 'reached', { count: people })}</b>
        {byMail && by_mail !== null && `, ${t('mailed', { count: by_mail })}`}
      </p>
      {Boolean(told_enough) && <p>{t('left', { count: told_enough ?? 0, most })}</p>}
      {Boolean(told_before) && <p>{t('before', { count: told_before ?? 0 })}</p>}
    </div>
  )
}
