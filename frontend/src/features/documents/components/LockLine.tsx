import { IconLock } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Document } from '../types'
import type { Acting } from '../useActing'
import styles from './panel.module.css'

/** That somebody works on it elsewhere, until when, and how to end that. */
export function LockLine({ document, acting }: { document: Document; acting: Acting }) {
  const t = useText(texts)
  const language = useLanguage()
  const { lock, id, abilities } = document
  if (lock === null) return null
  const until = formatMomentWithin(lock.until, language)
  return (
    <div className={styles.lock}>
      <Icon as={IconLock} size={17} />
      <p>
        {lock.is_mine
          ? t('lockedByMeUntil', { until })
          : t('lockedByUntil', { name: lock.by?.name ?? t('somebody'), until })}
      </p>
      {abilities.includes('unlock') && (
        <Button look="quiet" size="small" onClick={() => acting.lock(id, false)}>
          {t('unlock')}
        </Button>
      )}
    </div>
  )
}
