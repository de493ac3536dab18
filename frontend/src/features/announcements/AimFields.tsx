import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Checkbox } from '@/components/forms/Checkbox'
import { ChoiceGroup } from '@/components/forms/ChoiceGroup'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { PickField } from '@/entities/audience/PickField'
import { audiencesQuery, saidBy } from '@/entities/audience/queries'
import { useText } from '@/lib/i18n'
import styles from './announcements.module.css'
import { texts } from './i18n'
import { runQuery, type Sent } from './queries'
import type { Writing } from './writing'

interface AimFieldsProps {
  writing: Writing
  set: (more: Partial<Writing>) => void
  /** Those whose recipients may be left out. */
  sent: readonly Sent[]
  errors: Partial<Record<string, string>>
}

/** Whom it is for, how they are told, and when. */
export function AimFields({ writing, set, sent, errors }: AimFieldsProps) {
  const t = useText(texts)
  const { to, said, frozen } = writing
  return (
    <>
      <ChoiceGroup
        legend={t('to')}
        options={[
          { value: 'square', label: t('square'), hint: t('squareHint') },
          { value: 'audience', label: t('audience'), hint: t('audienceHint') },
          { value: 'communities', label: t('communities'), hint: t('communitiesHint') },
        ]}
        value={to ?? 'square'}
        onChange={(next) => set({ to: next })}
      />
      {to === 'audience' && (
        <>
          <Saved frozen={frozen} set={set} />
          {frozen ? (
            <p className={styles.lead}>{t('frozenText')}</p>
          ) : (
            <>
              <AudienceForm said={said} onSay={(next) => set({ said: next })} />
              <TextField
                label={t('closesAt')}
                hint={t('closesAtHint')}
                type="datetime-local"
                optional
                value={writing.closesAt}
                error={errors.closes_at}
                onChange={(event) => set({ closesAt: event.target.value })}
              />
            </>
          )}
        </>
      )}
      {to === 'communities' && <Places writing={writing} set={set} error={errors.places} />}
      <Excluded writing={writing} set={set} sent={sent} />
      <Checkbox
        label={t('byMail')}
        hint={t('byMailHint')}
        checked={writing.byMail}
        onChange={(event) => set({ byMail: event.target.checked })}
      />
      <Checkbox
        label={t('asksLabel')}
        hint={t('asksHint')}
        checked={writing.asks}
        onChange={(event) => set({ asks: event.target.checked })}
      />
      <Checkbox
        label={t('essentialLabel')}
        hint={t('essentialHint')}
        checked={writing.essential}
        onChange={(event) => set({ essential: event.target.checked })}
      />
      <TextField
        label={t('sendAt')}
        type="datetime-local"
        optional
        value={writing.sendAt}
        error={errors.send_at}
        onChange={(event) => set({ sendAt: event.target.value })}
      />
    </>
  )
}

/** What was saved: a rule, to begin from; or, frozen, the people who were in it. */
function Saved({ frozen, set }: Pick<Writing, 'frozen'> & Pick<AimFieldsProps, 'set'>) {
  const t = useText(texts)
  const [chosen, setChosen] = useState('')
  const saved = (useInfiniteQuery(audiencesQuery).data ?? []).filter((one) => !one.frozen || one.frozen_at !== null)
  const gone = frozen && saved.every(({ id }) => id !== frozen.id) ? [{ ...frozen, frozen: true }] : []
  const all = [...saved, ...gone]
  if (all.length === 0) return null
  const labelOf = (one: (typeof all)[number]) => (one.frozen ? t('frozen', { name: one.name }) : one.name)
  return (
    <SelectField
      label={t('saved')}
      options={[{ value: '', label: t('noneSaved') }, ...all.map((one) => ({ value: one.id, label: labelOf(one) }))]}
      value={frozen?.id ?? chosen}
      onChange={(id) => {
        setChosen(id)
        const found = saved.find((one) => one.id === id)
        if (found?.frozen) set({ frozen: { id, name: found.name } })
        else set({ frozen: null, ...(found && { said: saidBy(found) }) })
      }}
    />
  )
}

/** Announcements whose recipients are left out, found by their titles. */
function Excluded({ writing, set, sent }: Pick<AimFieldsProps, 'writing' | 'set' | 'sent'>) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const found = sent.filter(({ title }) => title.toLowerCase().includes(words.trim().toLowerCase()))
  if (sent.length === 0 && writing.excluded.length === 0) return null
  return (
    <PickField
      label={t('excluded')}
      hint={t('excludedHint')}
      picked={writing.excluded}
      onPick={(excluded) => set({ excluded })}
      choices={found.map(({ post_id, title }) => ({ id: post_id, name: title }))}
      onWrite={setWords}
    />
  )
}

function Places({ writing, set, error }: Pick<AimFieldsProps, 'writing' | 'set'> & { error: string | undefined }) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery(runQuery(words))
  return (
    <PickField
      label={t('places')}
      error={error}
      picked={writing.places}
      onPick={(places) => set({ places })}
      choices={data}
      onWrite={setWords}
      busy={isFetching}
    />
  )
}
