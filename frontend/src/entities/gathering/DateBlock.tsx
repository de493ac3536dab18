import { datesIn } from '@/lib/intl'
import { useLanguage } from '@/lib/language'
import styles from './gathering.module.css'

/** A leaf of a calendar. Beside words that say the date, so readers pass over it. */
export function DateBlock({ day }: { day: string }) {
  const language = useLanguage()
  const noon = new Date(`${day}T12:00`)
  return (
    <span className={styles.leaf} aria-hidden="true">
      <small>{datesIn(language, { month: 'short' }).format(noon)}</small>
      <b>{noon.getDate()}</b>
    </span>
  )
}
