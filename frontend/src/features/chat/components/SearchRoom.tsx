import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './panels.module.css'

/** The way to a date in a conversation. */
export function SearchRoom({ onDate }: { onDate: (at: string) => void }) {
  const t = useText(texts)
  return (
    <div className={styles.body}>
      <Form
        onSubmit={(values) => {
          const day = values('day')
          if (day) onDate(new Date(`${day}T00:00`).toISOString())
        }}
      >
        <div className={styles.form}>
          <TextField label={t('goToDate')} name="day" type="date" />
          <Button type="submit" look="secondary" size="small">
            {t('go')}
          </Button>
        </div>
      </Form>
    </div>
  )
}
