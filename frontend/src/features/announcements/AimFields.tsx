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
  const { to, said, excluded } = writing
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
          <Saved onChoose={(chosen) => set({ said: chosen })} />
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
      {to === 'communities' && <Places writing={writing} set={set} error={errors.places} />}
      <SelectField
        label={t('excluded')}
        options={[
          { value: '', label: t('nobodyExcluded') },
          ...sent.map(({ post_id, title }) => ({ value: post_id, label: title })),
        ]}
        value={excluded[0] ?? ''}
        onChange={(value) => set({ excluded: value ? [value] : [] })}
      />
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

/** A rule that was saved, to begin from. A frozen audience is people, not a rule. */
function Saved({ onChoose }: { onChoose: (said: Writing['said']) => void }) {
  const t = useText(texts)
  const [chosen, setChosen] = useState('')
  const saved = (useInfiniteQuery(audiencesQuery).data ?? []).filter(({ frozen }) => !frozen)
  if (saved.length === 0) return null
  return (
    <SelectField
      label={t('saved')}
      options={[{ value: '', label: t('noneSaved') }, ...saved.map(({ id, name }) => ({ value: id, label: name }))]}
      value={chosen}
      onChange={(id) => {
        setChosen(id)
        const found = saved.find((one) => one.id === id)
        if (found) onChoose(saidBy(found))
      }}
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
