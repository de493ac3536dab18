import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { SelectField } from '@/components/forms/SelectField'
import { Dialog } from '@/components/overlays/Dialog'
import { type Public, publicNames, publics } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import styles from './audience.module.css'
import {
  CohortsField,
  CommunitiesField,
  type Days,
  DaysField,
  KindsField,
  ProgrammesField,
  PublicsField,
  ShownField,
  UnitsField,
  YearsField,
} from './fields'
import { type Criterion, dayNames, type Kind, kinds, type SaidRule, valuesOf } from './rule'
import { texts } from './texts'

interface CriterionDialogProps {
  open: boolean
  title: string
  /** What is changed; absent for a new one. */
  criterion?: Criterion | undefined
  names: SaidRule['names']
  onClose: () => void
  onKeep: (criterion: Criterion, names: SaidRule['names']) => void
}

/** One condition: what people are chosen by, and which values. */
export function CriterionDialog(props: CriterionDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      {props.open && <CriterionForm {...props} />}
    </Dialog>
  )
}

const placed: readonly Kind[] = ['unit', 'programme', 'cohort', 'year']

function CriterionForm({ criterion, names, onClose, onKeep }: CriterionDialogProps) {
  const t = useText(texts)
  const tp = useText(publicNames)
  const [kind, setKind] = useState<Kind>(criterion?.kind ?? 'public')
  const [values, setValues] = useState<readonly string[]>(criterion ? valuesOf(criterion) : [])
  const [known, setKnown] = useState(names)
  const [as, setAs] = useState<Public | ''>((criterion && 'public' in criterion && criterion.public) || '')
  const [days, setDays] = useState<Days>(criterion?.kind === 'affiliation' ? daysOf(criterion) : {})
  const [missing, setMissing] = useState(false)
  const error = missing && values.length === 0 ? t('chooseSome') : undefined

  const change = (next: Kind) => {
    setKind(next)
    setValues([])
    setDays({})
    setMissing(false)
  }
  const picking = {
    label: t(kind),
    error,
    picked: values.map((id) => ({ id, name: known[id] ?? (isWord(kind) ? id : t('gone')) })),
    onPick: (picked: { id: string; name: string }[]) => {
      setValues(picked.map(({ id }) => id))
      setKnown({ ...known, ...Object.fromEntries(picked.map(({ id, name }) => [id, name])) })
    },
  }
  const keep = () => {
    if (values.length === 0) return setMissing(true)
    onKeep(criterionOf(kind, values, as || null, days), known)
    onClose()
  }
  return (
    <>
      <SelectField
        label={t('about')}
        options={kinds.map((value) => ({ value, label: t(value) }))}
        value={kind}
        onChange={change}
        data-autofocus
      />
      <div className={styles.next}>
        {kind === 'public' && <PublicsField chosen={values as Public[]} onChoose={setValues} error={error} />}
        {kind === 'unit' && <UnitsField {...picking} />}
        {kind === 'programme' && <ProgrammesField {...picking} />}
        {kind === 'cohort' && <CohortsField {...picking} label={t('cohortYear')} />}
        {kind === 'year' && (
          <YearsField years={values.map(Number)} onYears={(years) => setValues(years.map(String))} error={error} />
        )}
        {(kind === 'city' || kind === 'skill') && <ShownField key={kind} of={kind} {...picking} />}
        {kind === 'community' && <CommunitiesField {...picking} />}
        {kind === 'affiliation' && (
          <>
            <KindsField chosen={values as never} onChoose={setValues} error={error} />
            <DaysField days={days} onDays={setDays} />
          </>
        )}
      </div>
      {placed.includes(kind) && (
        <div className={styles.next}>
          <SelectField<Public | ''>
            label={t('as')}
            options={[{ value: '', label: t('asAny') }, ...publics.map((value) => ({ value, label: tp(value) }))]}
            value={as}
            onChange={setAs}
          />
        </div>
      )}
      <div className={styles.end}>
        <Button look="secondary" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button onClick={keep}>{t('keep')}</Button>
      </div>
    </>
  )
}

const isWord = (kind: Kind) => kind === 'city' || kind === 'skill' || kind === 'year'

const daysOf = (criterion: Extract<Criterion, { kind: 'affiliation' }>): Days =>
  Object.fromEntries(dayNames.flatMap((name) => (criterion[name] ? [[name, criterion[name]]] : [])))

function criterionOf(kind: Kind, values: readonly string[], as: Public | null, days: Days): Criterion {
  switch (kind) {
    case 'public':
      return { kind, publics: values as Public[] }
    case 'city':
      return { kind, cities: [...values] }
    case 'skill':
      return { kind, skills: [...values] }
    case 'year':
      return { kind, years: values.map(Number), public: as }
    case 'community':
      return { kind, ids: [...values] }
    case 'affiliation':
      return { kind, kinds: values as Extract<Criterion, { kind: 'affiliation' }>['kinds'], ...days }
    default:
      return { kind, ids: [...values], public: as }
  }
}
