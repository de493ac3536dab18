import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { preferencesQuery } from '../queries'
import type { Preferences } from '../types'
import { usePreferences } from '../usePreferences'
import styles from './panels.module.css'

const EVENING = 22 * 60
const MORNING = 8 * 60

/** The hours of the reader's day in which nothing disturbs him, whatever it is about. */
export function QuietHours() {
  const preferences = useQuery(preferencesQuery)
  return <Loaded query={preferences}>{(kept) => <Hours kept={kept} />}</Loaded>
}

function Hours({ kept }: { kept: Preferences }) {
  const t = useText(texts)
  const { change, now, set } = usePreferences(kept)
  const { quiet_from: from, quiet_until: until } = now
  return (
    <Slab title={t('quiet')}>
      <div className={styles.form}>
        <Checkbox
          label={t('quietOn')}
          hint={t('quietHint')}
          checked={from !== null}
          onChange={({ target }) =>
            set(
              target.checked ? { quiet_from: EVENING, quiet_until: MORNING } : { quiet_from: null, quiet_until: null },
            )
          }
        />
        {from !== null && until !== null && (
          <div className={styles.hours}>
            <TextField
              label={t('quietFrom')}
              type="time"
              key={`from ${kept.quiet_from}`}
              defaultValue={clock(from)}
              onBlur={({ target }) =>
                minutes(target.value) !== undefined && set({ quiet_from: minutes(target.value) ?? from })
              }
            />
            <TextField
              label={t('quietUntil')}
              type="time"
              key={`until ${kept.quiet_until}`}
              defaultValue={clock(until)}
              onBlur={({ target }) =>
                minutes(target.value) !== undefined && set({ quiet_until: minutes(target.value) ?? until })
              }
            />
          </div>
        )}
      </div>
      <FormError>{change.error && messageOf(change.error)}</FormError>
      <Result>{change.isSuccess && t('saved')}</Result>
    </Slab>
  )
}

/** « 22:00 » of the minute 1320 of a day, as a field of time has it. */
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function minutes(time: string): number | undefined {
  const [hour, minute] = time.split(':').map(Number)
  return hour === undefined || minute === undefined || Number.isNaN(hour + minute) ? undefined : hour * 60 + minute
}
