import { useText } from '@/lib/i18n'
import styles from './SkipLink.module.css'
import { texts } from './texts'

export const CONTENT = 'content'

/** The first stop of the keyboard: over the navigation, to the content. */
export function SkipLink() {
  const t = useText(texts)
  const skip = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    document.getElementById(CONTENT)?.focus()
  }
  return (
    <a className={styles.skip} href={`#${CONTENT}`} onClick={skip}>
      {t('skip')}
    </a>
  )
}
