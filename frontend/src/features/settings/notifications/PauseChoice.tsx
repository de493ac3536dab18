import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { choicesQuery, useChooseNotifications } from '@/entities/notification/choices'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from './i18n'
import styles from './notifications.module.css'

/** Neither mails nor push notifications until the morning of a day. */
export function PauseChoice() {
  const choices = useQuery(choicesQuery)
  const t = useText(texts)
  return (
    <Slab title={t('pause')}>
      <p className={styles.lead}>{t('pauseLead')}</p>
      <Loaded query={choices} lines={1}>
        {({ paused_until }) => (paused_until === null ? <Pausing /> : <Paused until={paused_until} />)}
      </Loaded>
    </Slab>
  )
}

function Pausing() {
  const t = useText(texts)
  const choosing = useChooseNotifications()
  const errors = formErrors(choosing.error, ['paused_until'])
  return (
    <Form
      error={errors.form}
      failure={choosing.error}
      onSubmit={(values) => {
        const day = values('until')
        if (day) choosing.mutate({ paused_until: new Date(`${day}T00:00`).toISOString() })
      }}
    >
      <div className={styles.pausing}>
        <TextField
          name="until"
          type="date"
          label={t('pauseUntil')}
          min={dayFromNow(1)}
          max={dayFromNow(365)}
          error={errors.fields.paused_until}
        />
        <Button type="submit" look="secondary" busy={choosing.isPending}>
          {t('pauseGo')}
        </Button>
      </div>
    </Form>
  )
}

function Paused({ until }: { until: string }) {
  const t = useText(texts)
  const language = useLanguage()
  const choosing = useChooseNotifications()
  return (
    <div className={styles.pausing}>
      <p>{t('pausedUntil', { day: formatDate(until, language) })}</p>
      <Button look="secondary" busy={choosing.isPending} onClick={() => choosing.mutate({ paused_until: null })}>
        {t('resume')}
      </Button>
    </div>
  )
}

/** As a field of dates has it, on the clock of here. */
const dayFromNow = (days: number) => {
  const day = new Date()
  day.setDate(day.getDate() + days)
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`
}
