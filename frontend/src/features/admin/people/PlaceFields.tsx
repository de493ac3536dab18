import { useQuery } from '@tanstack/react-query'
import { SelectField } from '@/components/forms/SelectField'
import { cohortsQuery, programmesQuery, unitsQuery } from '@/entities/structure/queries'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'

/** Where an affiliation stands; empty where it does not say. */
export interface Place {
  unit_id: string
  programme_id: string
  cohort_id: string
}
export const nowhere: Place = { unit_id: '', programme_id: '', cohort_id: '' }

interface PlaceFieldsProps {
  place: Place
  onPlace: (place: Place) => void
  errors: Partial<Record<keyof Place, string>>
}

/** A unit, then a programme of it, then a cohort of that: each offered once the one before is chosen and has some. */
export function PlaceFields({ place, onPlace, errors }: PlaceFieldsProps) {
  const t = useText(texts)
  const units = useQuery(unitsQuery).data ?? []
  const programmes = useQuery(programmesQuery(place.unit_id)).data ?? []
  const cohorts = useQuery(cohortsQuery(place.programme_id)).data ?? []
  const none = { value: '', label: t('unsaid') }
  return (
    <>
      <SelectField
        label={t('unit')}
        optional
        options={[none, ...units.map(({ id, name }) => ({ value: id, label: name }))]}
        value={place.unit_id}
        onChange={(unit_id) => onPlace({ ...nowhere, unit_id })}
        error={errors.unit_id}
      />
      {programmes.length > 0 && (
        <SelectField
          label={t('programme')}
          optional
          options={[none, ...programmes.map(({ id, name }) => ({ value: id, label: name }))]}
          value={place.programme_id}
          onChange={(programme_id) => onPlace({ ...place, programme_id, cohort_id: '' })}
          error={errors.programme_id}
        />
      )}
      {cohorts.length > 0 && (
        <SelectField
          label={t('cohort')}
          optional
          options={[none, ...cohorts.map(({ id, year }) => ({ value: id, label: String(year) }))]}
          value={place.cohort_id}
          onChange={(cohort_id) => onPlace({ ...place, cohort_id })}
          error={errors.cohort_id}
        />
      )}
    </>
  )
}
