import { Checkbox } from '@/components/forms/Checkbox'
import { FieldError } from '@/components/forms/Field'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { beginningAt, type EventErrors, type EventWriting } from '../event'
import { texts } from '../events.texts'
import styles from './composer.module.css'

interface EventFieldsProps {
  event: EventWriting
  onChange: (event: EventWriting) => void
  errors: EventErrors
}

/** When and where something takes place, and for how many. */
export function EventFields({ event, onChange, errors }: EventFieldsProps) {
  const t = useText(texts)
  const set = (more: Partial<EventWriting>) => onChange({ ...event, ...more })
  const wrong = errors.event ?? errors['event/time_zone']
  return (
    <fieldset className={styles.poll}>
      <legend>{t('fields')}</legend>
      <Checkbox
        label={t('wholeDay')}
        checked={event.wholeDay}
        onChange={({ target }) => set({ wholeDay: target.checked })}
      />
      <Moments event={event} onChange={onChange} errors={errors} />
      {wrong && <FieldError id={undefined}>{wrong}</FieldError>}
      <p className={styles.kept}>{t('zone', { zone: cityOf(event.timeZone) })}</p>
      <div className={styles.pair}>
        <TextField
          label={t('place')}
          value={event.place}
          maxLength={200}
          optional
          error={errors['event/place']}
          onChange={({ target }) => set({ place: target.value })}
        />
        <TextField
          type="url"
          label={t('online')}
          value={event.link}
          maxLength={500}
          optional
          error={errors['event/link']}
          onChange={({ target }) => set({ link: target.value })}
        />
      </div>
      <TextField
        type="number"
        min={1}
        inputMode="numeric"
        label={t('seats')}
        hint={t('seatsHint')}
        value={event.seats}
        optional
        error={errors['event/seats']}
        onChange={({ target }) => set({ seats: target.value })}
      />
    </fieldset>
  )
}

function Moments({ event, onChange, errors }: EventFieldsProps) {
  const t = useText(texts)
  const { wholeDay } = event
  const shown = (field: string) => (wholeDay ? field.slice(0, 10) : field)
  const kept = (value: string, hour: string) => (wholeDay && value !== '' ? `${value}T${hour}` : value)
  return (
    <div className={styles.pair}>
      <TextField
        type={wholeDay ? 'date' : 'datetime-local'}
        label={t(wholeDay ? 'firstDay' : 'startsAt')}
        value={shown(event.startsAt)}
        error={errors['event/starts_at']}
        onChange={({ target }) => onChange(beginningAt(event, kept(target.value, '09:00')))}
      />
      <TextField
        type={wholeDay ? 'date' : 'datetime-local'}
        label={t(wholeDay ? 'lastDay' : 'endsAt')}
        value={shown(event.endsAt)}
        error={errors['event/ends_at']}
        onChange={({ target }) => onChange({ ...event, endsAt: kept(target.value, '18:00') })}
      />
    </div>
  )
}

/** « Paris » of `Europe/Paris`. */
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
