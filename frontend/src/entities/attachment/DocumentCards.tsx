import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { iconOf } from './documentIcons'
import styles from './documents.module.css'
import { texts } from './texts'
import type { ReferredDocument } from './types'

const pageOf = (id: string): string => `/documents/${id}`

/** Documents that something refers to: those that one may not read are locked, and have no name. */
export function DocumentCards({ documents }: { documents: ReferredDocument[] }) {
  const t = useText(texts)
  const language = useLanguage()
  return (
    <ul className={styles.cards} aria-label={t('documents')}>
      {documents.map(({ id, name, group, size, thumbnail_url }, index) => (
        <li key={id ?? `locked ${index}`}>
          {id === null ? (
            <span className={styles.locked}>
              <Icon as={IconLock} size={22} />
              <span>{t('locked')}</span>
            </span>
          ) : (
            <Link to={pageOf(id)}>
              {thumbnail_url ? (
                <img src={thumbnail_url} alt="" loading="lazy" decoding="async" />
              ) : (
                <Icon as={iconOf(group)} size={22} />
              )}
              <span>
                <b>{name}</b> {size !== null && <small>{formatSize(size, language)}</small>}
              </span>
            </Link>
          )}
        </li>
      ))}
    </ul>
  )
}
