import { useText } from '@/lib/i18n'
import { Button } from './buttons/Button'
import { FormError } from './forms/FormError'
import styles from './LoadMore.module.css'
import { texts } from './texts'

interface LoadMoreProps {
  more: boolean
  busy: boolean
  /** Why the last try failed; what was read before stays. */
  error?: string | null | undefined
  onMore: () => void
}

/** The end of a list that goes on: a button, since a page that grows by itself hides its footer from the keyboard. */
export function LoadMore({ more, busy, error, onMore }: LoadMoreProps) {
  const t = useText(texts)
  if (!more && !error) return null
  return (
    <div className={styles.more}>
      <FormError>{error}</FormError>
      <Button look="secondary" busy={busy} onClick={onMore}>
        {t('more')}
      </Button>
    </div>
  )
}
