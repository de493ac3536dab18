import { useQuery } from '@tanstack/react-query'
import type { Choice } from '@/components/forms/ComboField'
import { SelectField } from '@/components/forms/SelectField'
import { cohortsQuery } from '@/entities/structure/queries'
import { ProgrammeField, UnitField } from '@/entities/structure/UnitField'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'

/** Where an affiliation stands; nothing where it does not say. */
export interface Place {
  unit: Choice | null
  programme: Choice | null
  cohort_id: string
}
export const nowhere: Place = { unit: null, programme: null, cohort_id: '' }

interface PlaceFieldsProps {
  place: Place
  onPlace: (place: Place) => void
  errors: Partial<Record<'unit_id' | 'programme_id' | 'cohort_id', string>>
}

/** A unit, then a programme of it, then a cohort of that: each offered once the one before is chosen and has some. */
export function PlaceFields({ place, onPlace, errors }: PlaceFieldsProps) {
  const t = useText(texts)
  const cohorts = useQuery(cohortsQuery(place.programme?.id ?? '')).data ?? []
  return (
    <>
      <UnitField
        label={t('unit')}
        optional
        value={place.unit}
        onChange={(unit) => onPlace({ ...nowhere, unit })}
        error={errors.unit_id}
      />
      {place.unit && (
        <ProgrammeField
          key={place.unit.id}
          unitId={place.unit.id}
          label={t('programme')}
          optional
          value={place.programme}
          onChange={(programme) => onPlace({ ...place, programme, cohort_id: '' })}
          error={errors.programme_id}
        />
      )}
      {cohorts.length > 0 && (
        <SelectField
          label={t('cohort')}
          optional
          options={[
            { value: '', label: t('unsaid') },
            ...cohorts.map(({ id, year }) => ({ value: id, label: String(year) })),
          ]}
          value={place.cohort_id}
          onChange={(cohort_id) => onPlace({ ...place, cohort_id })}
          error={errors.cohort_id}
        />
      )}
    </>
  )
}
