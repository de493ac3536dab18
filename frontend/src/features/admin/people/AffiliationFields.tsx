import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { type Kind, kinds } from '../kinds'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import { type Place, PlaceFields } from './PlaceFields'
import type { AffiliationDraft } from './queries'

export const affiliationFields = [
  'kind',
  'unit_id',
  'programme_id',
  'cohort_id',
  'title',
  'starts_on',
  'ends_on',
] as const

interface AffiliationFieldsProps {
  kind: Kind
  onKind: (kind: Kind) => void
  place: Place
  onPlace: (place: Place) => void
  errors: Partial<Record<(typeof affiliationFields)[number], string>>
}

/** The fields of what somebody is to the university; `affiliationOf` reads them when the form is sent. */
export function AffiliationFields({ kind, onKind, place, onPlace, errors }: AffiliationFieldsProps) {
  const t = useText(texts)
  const tk = useText(kindNames)
  return (
    <>
      <SelectField
        label={t('kind')}
        options={kinds.map((value) => ({ value, label: tk(value) }))}
        value={kind}
        onChange={onKind}
        error={errors.kind}
      />
      <PlaceFields place={place} onPlace={onPlace} errors={errors} />
      <TextField label={t('postTitle')} name="title" optional maxLength={160} error={errors.title} />
      <div className={admin.pair}>
        <TextField
          label={t('startsOn')}
          hint={t('startsOnHint')}
          name="starts_on"
          type="date"
          optional
          error={errors.starts_on}
        />
        <TextField
          label={t('endsOn')}
          hint={t('endsOnHint')}
          name="ends_on"
          type="date"
          optional
          error={errors.ends_on}
        />
      </div>
    </>
  )
}

/** What these fields were given; what was left empty is not sent. */
export function affiliationOf(
  kind: Kind,
  { unit, programme, cohort_id }: Place,
  values: (name: string) => string,
): AffiliationDraft {
  const [title, starts_on, ends_on] = ['title', 'starts_on', 'ends_on'].map((name) => values(name).trim())
  return {
    kind,
    ...(unit && { unit_id: unit.id }),
    ...(programme && { programme_id: programme.id }),
    ...(cohort_id && { cohort_id }),
    ...(title && { title }),
    ...(starts_on && { starts_on }),
    ...(ends_on && { ends_on }),
  }
}
