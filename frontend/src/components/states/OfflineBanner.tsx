import { IconRefresh, IconSparkles, IconWifiOff } from '@tabler/icons-react'
import { takeNewVersion, useNewVersion } from '@/lib/application'
import { useIsWriting } from '@/lib/fields'
import { useIsBehind } from '@/lib/following'
import { useText } from '@/lib/i18n'
import { useOnline } from '@/lib/online'
import { Button } from '../buttons/Button'
import { Icon } from '../Icon'
import { texts } from '../texts'
import styles from './states.module.css'

/** On top of every page; its place is there before, so that readers hear it come. `keeps`: what one writes here leaves by
 * itself later. */
export function OfflineBanner({ keeps = false }: { keeps?: boolean }) {
  const t = useText(texts)
  const online = useOnline()
  const behind = useIsBehind()
  const isWriting = useIsWriting()
  const isNew = useNewVersion() && !isWriting
  return (
    <div role="status" className={styles.offlinePlace}>
      {!online && (
        <p className={styles.offline}>
          <Icon as={IconWifiOff} />
          <span>{t(keeps ? 'offlineKept' : 'offline')}</span>
        </p>
      )}
      {online && behind && (
        <p className={styles.offline}>
          <Icon as={IconRefresh} />
          <span>{t('behind')}</span>
        </p>
      )}
      {online && !behind && isNew && (
        <p className={styles.offline}>
          <Icon as={IconSparkles} />
          <span>{t('newVersion')}</span>
          <Button look="quiet" size="small" onClick={takeNewVersion}>
            {t('takeNewVersion')}
          </Button>
        </p>
      )}
    </div>
  )
}
