import { useText } from '@/lib/i18n'
import type { Present } from '@/realtime/presence'
import { texts } from '../i18n'
import type { Log } from '../log'
import styles from './log.module.css'

/** Who writes now. Said once when it begins: what moves in it is for the eye. */
export function Writers({ present, log }: { present: Present; log: Log | undefined }) {
  const t = useText(texts)
  const names = present.writers.map(
    (id) => log?.items.findLast((one) => one.author?.id === id)?.author?.name.split(' ')[0] ?? t('somebody'),
  )
  const [one, other] = names
  return (
    <p className={styles.writers} aria-live="polite">
      {one && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {other === undefined
            ? t('writes', { name: one })
            : names.length === 2
              ? t('writesTwo', { one, other })
              : t('writesMany', { count: names.length })}
        </>
      )}
    </p>
  )
}
