import { IconDots, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { buttonLook } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import { useTitle } from '@/lib/title'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { documentQuery } from '../queries'
import type { FullDocument } from '../types'
import { useActItems } from '../useActItems'
import { useActing } from '../useActing'
import { Breadcrumb } from './Breadcrumb'
import { Changed } from './Changed'
import styles from './documents.module.css'
import { KindTile } from './KindTile'
import { Preview } from './Preview'

interface DocumentViewProps {
  documentId: string
  to: Addresses
}

/** A document on a page of its own: all that can be shown of it. */
export function DocumentView({ documentId, to }: DocumentViewProps) {
  const query = useQuery(documentQuery(documentId))
  return (
    <Loaded query={query} lines={8}>
      {(document) => <Present document={document} to={to} />}
    </Loaded>
  )
}

function Present({ document, to }: { document: FullDocument; to: Addresses }) {
  const t = useText(texts)
  const language = useLanguage()
  const { id, name, group, size, changed_at, changed_by } = document
  useTitle(name)
  const acting = useActing()
  const items = useActItems(acting)
  const thing = documentAsThing(document)
  return (
    <div className={styles.docs} data-alone>
      <div className={styles.main}>
        <Breadcrumb path={document.path} here={name} to={to} />
        <div className={styles.head}>
          <div className={styles.named}>
            <KindTile group={group} />
            <h1>{name}</h1>
          </div>
          <a
            href={`/api/v1/documents/${id}/content`}
            download
            {...buttonLook({ look: 'secondary' }, styles.shrinking)}
            aria-label={t('download')}
          >
            <Icon as={IconDownload} size={17} />
            <span>{t('download')}</span>
          </a>
          <Menu items={items(thing)}>
            <IconButton icon={IconDots} label={t('actionsOn', { name })} />
          </Menu>
        </div>
        <p className={styles.facts}>
          {t('kindAndSize', { kind: t(group), size: formatSize(size, language) })}
          {', '}
          <Changed at={changed_at} />
          {changed_by && `, ${t('byName', { name: changed_by.name })}`}
        </p>
        <Preview key={document.file_id} shown={document} />
      </div>
      {acting.dialogs}
    </div>
  )
}
