import { IconDots, IconDownload, IconHistory, IconShare3 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Button, buttonLook } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { pathOf } from '../names'
import { documentQuery } from '../queries'
import type { FullDocument } from '../types'
import { useActItems } from '../useActItems'
import { useActing } from '../useActing'
import { useWhat } from '../useWhat'
import { AccessList } from './AccessList'
import { Breadcrumb } from './Breadcrumb'
import { Changed } from './Changed'
import styles from './documents.module.css'
import { KindTile } from './KindTile'
import { LockLine } from './LockLine'
import { Preview } from './Preview'
import panel from './panel.module.css'
import { Versions } from './Versions'

interface DocumentViewProps {
  documentId: string
  to: Addresses
  /** It was thrown away: one is back where it stood. */
  onGone: (folderId: string | null) => void
}

/** A document on a page of its own: all that can be shown of it, and what is known of it. */
export function DocumentView({ documentId, to, onGone }: DocumentViewProps) {
  const query = useQuery(documentQuery(documentId))
  return (
    <Loaded query={query} lines={8}>
      {(document) => <Present document={document} to={to} onGone={onGone} />}
    </Loaded>
  )
}

function Present({ document, to, onGone }: Omit<DocumentViewProps, 'documentId'> & { document: FullDocument }) {
  const t = useText(texts)
  const what = useWhat()
  const { id, name, group, changed_at, changed_by, abilities } = document
  useTitle(name)
  const acting = useActing({ to, onTrashed: () => onGone(document.folder?.id ?? null) })
  const items = useActItems(acting)
  const thing = documentAsThing(document)
  return (
    <div className={styles.docs}>
      <div className={styles.main}>
        <Breadcrumb path={pathOf(document, t)} here={name} to={to} />
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
          {abilities.includes('add_version') && (
            <Button
              look="secondary"
              className={styles.shrinking}
              aria-label={t('newVersion')}
              onClick={() => acting.newVersion(document)}
            >
              <Icon as={IconHistory} size={17} />
              <span>{t('newVersion')}</span>
            </Button>
          )}
          {abilities.includes('share') && (
            <Button className={styles.shrinking} aria-label={t('share')} onClick={() => acting.ask('share', [thing])}>
              <Icon as={IconShare3} size={17} />
              <span>{t('share')}</span>
            </Button>
          )}
          <Menu items={items(thing, document)}>
            <IconButton icon={IconDots} label={t('actionsOn', { name })} />
          </Menu>
        </div>
        <p className={styles.facts}>
          {what(document)}
          {', '}
          <Changed at={changed_at} />
          {changed_by && `, ${t('byName', { name: changed_by.name })}`}
        </p>
        <FormError>{acting.fault}</FormError>
        <LockLine document={document} acting={acting} />
        <Preview key={document.file_id} shown={document} />
      </div>
      <aside className={panel.panel} data-whole aria-label={t('about')}>
        <section>
          <h2>{t('versions')}</h2>
          <Versions document={document} />
        </section>
        <section>
          <h2>{t('access')}</h2>
          <AccessList thing={thing} to={to} />
        </section>
      </aside>
      {acting.dialogs}
    </div>
  )
}
