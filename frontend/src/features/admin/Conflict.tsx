import { IconAlertTriangle } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './admin.module.css'
import { texts } from './i18n'

/** Somebody saved first: what he changed, by the names of the fields. Nothing that was typed is lost. */
export function Conflict({ changed }: { changed: readonly string[] }) {
  const t = useText(texts)
  return (
    <div role="alert" className={styles.note}>
      <Icon as={IconAlertTriangle} />
      <p>
        {t('changedMeanwhile')} {changed.length > 0 && t('changedFields', { fields: changed.join(', ') })}
      </p>
    </div>
  )
}
