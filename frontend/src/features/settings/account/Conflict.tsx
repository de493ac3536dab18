import { IconAlertTriangle } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { publicNames } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import type { Me } from './queries'

/** What somebody else changed since this page was read. */
export function Conflict({ before, after }: { before: Me; after: Me }) {
  const t = useText(texts)
  const tp = useText(publicNames)
  return (
    <div role="alert" className={styles.note}>
      <Icon as={IconAlertTriangle} />
      <p>
        {t('changedMeanwhile')} {after.name !== before.name && t('nameMeanwhile', { name: after.name })}{' '}
        {after.public !== before.public &&
          t('publicMeanwhile', { public: after.public ? tp(after.public) : t('noPublic') })}
      </p>
    </div>
  )
}
