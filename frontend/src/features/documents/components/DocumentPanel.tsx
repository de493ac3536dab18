import { IconDownload, IconExternalLink, IconLink, IconShare3 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Button, buttonLook } from '@/components/buttons/Button'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { documentQuery } from '../queries'
import { type Acting, contentOf } from '../useActing'
import { useWhat } from '../useWhat'
import { AccessList } from './AccessList'
import { LockLine } from './LockLine'
import { Preview } from './Preview'
import styles from './panel.module.css'
import { Versions } from './Versions'

interface DocumentPanelProps {
  id: string
  acting: Acting
  to: Addresses
}

/** A document beside its list: a glance, what may be done, what it was, who has access. A page that is written together
 * shows itself, and what it was, where it is written. */
export function DocumentPanel({ id, acting, to }: DocumentPanelProps) {
  const t = useText(texts)
  const what = useWhat()
  const query = useQuery(documentQuery(id))
  return (
    <Loaded query={query} lines={6}>
      {(document) => (
        <>
          {document.kind !== 'page' && <Preview shown={document} small />}
          <h2 className={styles.title}>{document.name}</h2>
          <p className={styles.meta}>{what(document)}</p>
          <LockLine document={document} acting={acting} />
          <div className={styles.acts}>
            <ButtonLink to={to.document(id)} icon={IconExternalLink} className={styles.whole}>
              {t('open')}
            </ButtonLink>
            {document.abilities.includes('share') && (
              <>
                <Button
                  look="secondary"
                  icon={IconShare3}
                  onClick={() => acting.ask('share', [documentAsThing(document)])}
                >
                  {t('share')}
                </Button>
                <Button
                  look="secondary"
                  icon={IconLink}
                  className={styles.square}
                  aria-label={t('shareLinks')}
                  title={t('shareLinks')}
                  onClick={() => acting.ask('links', [documentAsThing(document)])}
                />
              </>
            )}
            <a
              href={contentOf(document)}
              download
              aria-label={t(document.kind === 'page' ? 'downloadWord' : 'download')}
              title={t(document.kind === 'page' ? 'downloadWord' : 'download')}
              {...buttonLook({ look: 'secondary' }, styles.square)}
            >
              <Icon as={IconDownload} size={17} />
            </a>
          </div>
          {document.kind !== 'page' && (
            <section>
              <h3>{t('versions')}</h3>
              <Versions document={document} />
            </section>
          )}
          <section>
            <h3>{t('access')}</h3>
            <AccessList thing={documentAsThing(document)} to={to} />
          </section>
        </>
      )}
    </Loaded>
  )
}
