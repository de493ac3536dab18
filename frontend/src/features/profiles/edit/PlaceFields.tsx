import { useMemo } from 'react'
import { Checkbox } from '@/components/forms/Checkbox'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { countryOptions } from './codes'
import type { Draft } from './draft'
import styles from './edit.module.css'
import { texts } from './i18n'

interface PlaceFieldsProps {
  place: Draft['place']
  onChange: (place: Draft['place']) => void
  errorOf: (path: string) => string | undefined
}

/** The time there is shown by the zone of the device, unless another was kept. */
export function PlaceFields({ place, onChange, errorOf }: PlaceFieldsProps) {
  const t = useText(texts)
  const zone = place.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone
  const language = useLanguage()
  const countries = useMemo(() => [{ value: '', label: t('noCountry') }, ...countryOptions(language)], [t, language])
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={t('city')}
          optional
          autoComplete="address-level2"
          maxLength={80}
          value={place.city}
          onChange={(event) => onChange({ ...place, city: event.target.value })}
          error={errorOf('place/city') ?? errorOf('place')}
        />
        <SelectField
          label={t('country')}
          optional
          options={countries}
          value={place.country}
          onChange={(country) => onChange({ ...place, country })}
          error={errorOf('place/country')}
        />
      </div>
      <Checkbox
        label={t('showTime', { zone: zone.replaceAll('_', ' ') })}
        checked={place.time_zone !== ''}
        onChange={(event) => onChange({ ...place, time_zone: event.target.checked ? zone : '' })}
        error={errorOf('place/time_zone')}
      />
    </>
  )
}
