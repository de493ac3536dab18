import { Checkbox } from '@/components/forms/Checkbox'
import { SelectField } from '@/components/forms/SelectField'
import { TextArea } from '@/components/forms/TextArea'
import { useText } from '@/lib/i18n'
import type { MyProfile } from '../queries'
import styles from './edit.module.css'
import { texts } from './i18n'

type Offer = NonNullable<MyProfile['mentoring']>

const formats = ['video', 'in_person', 'written'] as const
const durations = [15, 30, 45, 60, 90, 120]
const places = Array.from({ length: 20 }, (_, index) => index + 1)

interface MentoringFieldsProps {
  offer: MyProfile['mentoring']
  /** Of the languages that the profile says: those of the exchanges. */
  languages: readonly string[]
  onChange: (offer: MyProfile['mentoring']) => void
  errorOf: (path: string) => string | undefined
}

/** What is offered to those who would like to be accompanied; unticked, nothing is. */
export function MentoringFields({ offer, languages, onChange, errorOf }: MentoringFieldsProps) {
  const t = useText(texts)
  const change = (more: Partial<Offer>) => offer && onChange({ ...offer, languages: [...languages], ...more })
  const start: Offer = { text: '', capacity: 2, minutes: 30, formats: ['video'], languages: [...languages] }
  return (
    <>
      <Checkbox
        label={t('offerMentoring')}
        checked={offer !== null}
        onChange={(event) => onChange(event.target.checked ? start : null)}
      />
      {offer && (
        <>
          <TextArea
            label={t('mentoringText')}
            hint={t('mentoringTextHint')}
            value={offer.text}
            maxLength={300}
            rows={3}
            onChange={(event) => change({ text: event.target.value })}
            error={errorOf('mentoring/text')}
          />
          <div className={styles.pair}>
            <SelectField
              label={t('mentoringPlaces')}
              options={places.map((count) => ({ value: String(count), label: String(count) }))}
              value={String(offer.capacity)}
              onChange={(count) => change({ capacity: Number(count) })}
              error={errorOf('mentoring/capacity')}
            />
            <SelectField
              label={t('mentoringMinutes')}
              options={durations.map((count) => ({ value: String(count), label: t('minutes', { count }) }))}
              value={String(offer.minutes)}
              onChange={(count) => change({ minutes: Number(count) })}
              error={errorOf('mentoring/minutes')}
            />
          </div>
          <fieldset className={styles.formats}>
            <legend>{t('mentoringFormats')}</legend>
            {formats.map((format) => (
              <Checkbox
                key={format}
                label={t(format)}
                checked={offer.formats.includes(format)}
                onChange={(event) =>
                  change({
                    formats: formats.filter((one) =>
                      one === format ? event.target.checked : offer.formats.includes(one),
                    ),
                  })
                }
                error={format === 'video' ? errorOf('mentoring/formats') : undefined}
              />
            ))}
          </fieldset>
        </>
      )}
    </>
  )
}
