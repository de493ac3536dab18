import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Checkbox } from '@/components/forms/Checkbox'
import { type Choice, ComboField } from '@/components/forms/ComboField'
import { FieldError } from '@/components/forms/Field'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { WordsField } from '@/components/forms/WordsField'
import { publicNames, publics } from '@/components/people/publics'
import { anyProgrammesQuery, cohortsQuery, unitsQuery } from '@/entities/structure/queries'
import { useText } from '@/lib/i18n'
import styles from './audience.module.css'
import { PickField } from './PickField'
import { nameableQuery, shownValuesQuery } from './queries'
import type { DayName } from './rule'
import { kindWords } from './sentence'
import { texts } from './texts'

interface PickingProps {
  label: string
  error: string | undefined
  picked: readonly Choice[]
  onPick: (picked: Choice[]) => void
}

export function UnitsField(props: PickingProps) {
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery({ ...unitsQuery(words), placeholderData: keepPreviousData })
  return <PickField {...props} choices={data} onWrite={setWords} busy={isFetching} />
}

export function ProgrammesField(props: PickingProps) {
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery({ ...anyProgrammesQuery(words), placeholderData: keepPreviousData })
  return <PickField {...props} choices={data} onWrite={setWords} busy={isFetching} />
}

export function CommunitiesField(props: PickingProps) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery(nameableQuery(words))
  return <PickField {...props} hint={t('membersListed')} choices={data} onWrite={setWords} busy={isFetching} />
}

export function ShownField({ of, ...props }: PickingProps & { of: 'city' | 'skill' }) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const { data = [], isFetching } = useQuery(shownValuesQuery(of, words))
  return <PickField {...props} hint={t('shownToAll')} choices={data} onWrite={setWords} busy={isFetching} />
}

/** A programme, then its cohorts; those of another may be added to them. */
export function CohortsField({ label, error, picked, onPick }: PickingProps) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const [programme, setProgramme] = useState<Choice | null>(null)
  const programmes = useQuery({ ...anyProgrammesQuery(words), placeholderData: keepPreviousData })
  const cohorts = useQuery(cohortsQuery(programme?.id ?? '')).data ?? []
  const choices = cohorts.map(({ id, year }) => ({ id, name: `${programme?.name ?? ''} (${year})` }))
  return (
    <>
      <ComboField
        label={t('cohortOf')}
        value={programme}
        onChange={setProgramme}
        choices={programmes.data ?? []}
        onWrite={setWords}
        busy={programmes.isFetching}
      />
      <div className={styles.next}>
        <PickField label={label} error={error} picked={picked} onPick={onPick} choices={choices} onWrite={() => {}} />
      </div>
    </>
  )
}

export function YearsField({
  years,
  onYears,
  error,
}: {
  years: number[]
  onYears: (years: number[]) => void
  error: string | undefined
}) {
  const t = useText(texts)
  return (
    <WordsField
      label={t('years')}
      hint={t('yearsHint')}
      error={error}
      words={years.map(String)}
      onChange={(words) => onYears(words.map(Number).filter((year) => year >= 1900 && year <= 2200))}
      most={20}
      longest={40}
      add={t('add')}
      kept={t('chosen')}
      remove={(name) => t('takeOut', { name })}
    />
  )
}

interface SomeProps<Value extends string> {
  chosen: readonly Value[]
  onChoose: (chosen: Value[]) => void
  error: string | undefined
}
type PublicName = (typeof publics)[number]
type KindName = keyof typeof kindWords

export function PublicsField(props: SomeProps<PublicName>) {
  const t = useText(texts)
  const tp = useText(publicNames)
  return <Some {...props} legend={t('public')} options={publics.map((value) => ({ value, label: tp(value) }))} />
}

export function KindsField(props: SomeProps<KindName>) {
  const t = useText(texts)
  const options = (Object.keys(kindWords) as KindName[]).map((value) => ({ value, label: t(kindWords[value]) }))
  return <Some {...props} legend={t('affiliation')} options={options} />
}

function Some<Value extends string>({
  legend,
  options,
  chosen,
  onChoose,
  error,
}: SomeProps<Value> & { legend: string; options: readonly { value: Value; label: ReactNode }[] }) {
  const toggle = (value: Value) =>
    onChoose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
  return (
    <fieldset className={styles.some}>
      <legend>{legend}</legend>
      {options.map(({ value, label }) => (
        <Checkbox key={value} label={label} checked={chosen.includes(value)} onChange={() => toggle(value)} />
      ))}
      {error && <FieldError id={undefined}>{error}</FieldError>}
    </fieldset>
  )
}

export type Days = Partial<Record<DayName, string>>
const spans = {
  today: [],
  onDay: ['held_on'],
  between: ['held_from', 'held_until'],
  started: ['started_from', 'started_before'],
  ended: ['ended_from', 'ended_before'],
} as const satisfies Record<string, readonly DayName[]>
type Span = keyof typeof spans
const spanNames = Object.keys(spans) as Span[]

export const spanOf = (days: Days): Span => spanNames.find((span) => spans[span].some((name) => days[name])) ?? 'today'

/** When an affiliation is to hold, or to begin or end. */
export function DaysField({ days, onDays }: { days: Days; onDays: (days: Days) => void }) {
  const t = useText(texts)
  const [span, setSpan] = useState(spanOf(days))
  const [first, last] = spans[span]
  const labels = { onDay: [t('day'), ''], between: [t('from'), t('until')] } as const
  const [firstLabel, lastLabel] = labels[span as 'onDay' | 'between'] ?? [t('from'), t('before')]
  const say = (name: DayName, day: string) => {
    const { [name]: _, ...others } = days
    onDays(day ? { ...others, [name]: day } : others)
  }
  return (
    <div className={styles.next}>
      <SelectField
        label={t('when')}
        options={spanNames.map((value) => ({ value, label: t(value) }))}
        value={span}
        onChange={(chosen) => {
          setSpan(chosen)
          onDays({})
        }}
      />
      <div className={styles.pair}>
        {first && (
          <TextField
            label={firstLabel}
            type="date"
            value={days[first] ?? ''}
            optional={last !== undefined}
            onChange={(event) => say(first, event.target.value)}
          />
        )}
        {last && (
          <TextField
            label={lastLabel}
            type="date"
            value={days[last] ?? ''}
            optional
            onChange={(event) => say(last, event.target.value)}
          />
        )}
      </div>
    </div>
  )
}
