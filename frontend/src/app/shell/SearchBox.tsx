import { IconSearch } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { COMMAND, isApple } from '@/lib/keys'
import { searching } from '../searching'
import { texts } from '../texts'
import styles from './sidebar.module.css'

/** Where one looks for anything: a button that looks like the field that it opens. */
export function SearchBox() {
  const t = useText(texts)
  return (
    <button
      type="button"
      className={styles.search}
      title={`${t('search')} (${COMMAND} K)`}
      aria-haspopup="dialog"
      aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'}
      onClick={() => searching.open()}
    >
      <Icon as={IconSearch} />
      <span>{t('search')}</span>
      <span className={styles.key} aria-hidden="true">
        {COMMAND} K
      </span>
    </button>
  )
}
