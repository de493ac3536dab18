import { IconDownload, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { buttonLook } from '@/components/buttons/Button'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { documentQuery } from '../queries'
import { Preview } from './Preview'
import styles from './panel.module.css'

interface DocumentPanelProps {
  id: string
  to: Addresses
}

/** A document beside its list: a glance, and what may be done. */
export function DocumentPanel({ id, to }: DocumentPanelProps) {
  const t = useText(texts)
  const language = useLanguage()
  const query = useQuery(documentQuery(id))
  return (
    <Loaded query={query} lines={6}>
      {(document) => (
        <>
          <Preview shown={document} small />
          <h2 className={styles.title}>{document.name}</h2>
          <p className={styles.meta}>
            {t('kindAndSize', { kind: t(document.group), size: formatSize(document.size, language) })}
          </p>
          <div className={styles.acts}>
            <ButtonLink to={to.document(id)} icon={IconExternalLink}>
              {t('open')}
            </ButtonLink>
            <a
              href={`/api/v1/documents/${id}/content`}
              download
              aria-label={t('download')}
              title={t('download')}
              {...buttonLook({ look: 'secondary' }, styles.square)}
            >
              <Icon as={IconDownload} size={17} />
            </a>
          </div>
        </>
      )}
    </Loaded>
  )
}
