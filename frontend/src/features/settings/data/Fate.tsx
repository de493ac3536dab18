import { IconArchive, IconTrash } from '@tabler/icons-react'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import styles from './data.module.css'
import { texts } from './i18n'
import type { DeletionPart } from './queries'

/** What is erased, and what stays: under which name, and why. */
export function Fate({ parts }: { parts: readonly DeletionPart[] }) {
  const t = useText(texts)
  const held = parts.filter(({ count }) => count > 0)
  const kept = held.filter((part) => part.kept)
  return (
    <div className={styles.fate}>
      <section>
        <h3>
          <Icon as={IconTrash} />
          {t('erased')}
        </h3>
        <ul>
          {held
            .filter((part) => !part.kept)
            .map(({ key, title, count }) => (
              <li key={key}>
                {title} {count > 1 && <small>{t('items', { count })}</small>}
              </li>
            ))}
        </ul>
      </section>
      {kept.length > 0 && (
        <section>
          <h3>
            <Icon as={IconArchive} />
            {t('kept')}
          </h3>
          <ul>
            {kept.map(({ key, title, count, kept_under, kept_why }) => (
              <li key={key}>
                {title} {count > 1 && <small>{t('items', { count })}</small>}
                <small className={styles.why}>
                  {t('keptUnder', { name: kept_under ?? '' })} {kept_why}
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
