import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { Slab, Slabs } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useChangePreferences } from '../mutations'
import { preferencesQuery } from '../queries'
import type { Preferences } from '../types'
import styles from './panels.module.css'

const EVENING = 22 * 60
const MORNING = 8 * 60

/** How one reads and writes: what others see of it, which key sends, the hours of the day that stay quiet. */
export function ChatChoices() {
  const preferences = useQuery(preferencesQuery)
  return <Loaded query={preferences}>{(kept) => <Choices kept={kept} />}</Loaded>
}

function Choices({ kept }: { kept: Preferences }) {
  const t = useText(texts)
  const change = useChangePreferences()
  const now = change.isPending ? { ...kept, ...change.variables } : kept
  const set = (more: Partial<Preferences>) =>
    change.mutate({ ...kept, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...more })
  const { quiet_from: from, quiet_until: until } = now
  return (
    <Slabs>
      <Slab title={t('writing')}>
        <div className={styles.form}>
          <Checkbox
            label={t('enterSends')}
            hint={t('enterSendsHint')}
            checked={now.enter_sends}
            onChange={({ target }) => set({ enter_sends: target.checked })}
          />
          <Checkbox
            label={t('showsReading')}
            hint={t('showsReadingHint')}
            checked={now.shows_reading}
            onChange={({ target }) => set({ shows_reading: target.checked })}
          />
        </div>
      </Slab>
      <Slab title={t('quiet')}>
        <div className={styles.form}>
          <Checkbox
            label={t('quietOn')}
            hint={t('quietHint')}
            checked={from !== null}
            onChange={({ target }) =>
              set(
                target.checked
                  ? { quiet_from: EVENING, quiet_until: MORNING }
                  : { quiet_from: null, quiet_until: null },
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
      </Slab>
      <FormError>{change.error && messageOf(change.error)}</FormError>
      <Result>{change.isSuccess && t('saved')}</Result>
    </Slabs>
  )
}

/** « 22:00 » of the minute 1320 of a day, as a field of time has it. */
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function minutes(time: string): number | undefined {
  const [hour, minute] = time.split(':').map(Number)
  return hour === undefined || minute === undefined || Number.isNaN(hour + minute) ? undefined : hour * 60 + minute
}
