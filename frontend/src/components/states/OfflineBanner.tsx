import { IconWifiOff } from '@tabler/icons-react'
import { useText } from '@/lib/i18n'
import { useOnline } from '@/lib/online'
import { Icon } from '../Icon'
import { texts } from '../texts'
import styles from './states.module.css'

/** On top of every page; its place is there before, so that readers hear it come. */
export function OfflineBanner() {
  const t = useText(texts)
  const online = useOnline()
  return (
    <div role="status" className={styles.offlinePlace}>
      {!online && (
        <p className={styles.offline}>
          <Icon as={IconWifiOff} />
          <span>{t('offline')}</span>
        </p>
      )}
    </div>
  )
}
