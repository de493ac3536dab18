import { LoadingSlab } from '@/components/states/LoadingSlab'
import styles from './pages/pages.module.css'

/** While a page's code or its first data are on their way. */
export function WaitingPage() {
  return (
    <div className={styles.one}>
      <LoadingSlab />
    </div>
  )
}
