import { IconFolder, IconShare3, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '@/api/Loaded'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Icon } from '@/components/Icon'
import { PageTitle } from '@/components/PageTitle'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { nameOfSpace } from '../names'
import { recentQuery, spacesQuery } from '../queries'
import type { Space } from '../types'
import { DocumentList } from './DocumentList'
import styles from './home.module.css'
import { More } from './More'
import { Tasks } from './Tasks'

/** Where one's documents are: one's own space, those of one's communities, and what was last worked on. */
export function DocumentsHome({ to }: { to: Addresses }) {
  const t = useText(texts)
  const spaces = useInfiniteQuery(spacesQuery)
  const recent = useInfiniteQuery(recentQuery)
  return (
    <>
      <PageTitle
        action={
          <div className={styles.ways}>
            <ButtonLink to={to.shared} look="secondary" icon={IconShare3}>
              {t('shared')}
            </ButtonLink>
            <ButtonLink to={to.trash} look="secondary" icon={IconTrash}>
              {t('trashPlace')}
            </ButtonLink>
          </div>
        }
      >
        {t('documents')}
      </PageTitle>
      <section aria-label={t('spaces')} className={styles.part}>
        <h2>{t('spaces')}</h2>
        <Loaded query={spaces} lines={4}>
          {(all) => (
            <ul className={styles.spaces}>
              {all.map((space) => (
                <SpaceCard key={space.folder_id} space={space} to={to} />
              ))}
            </ul>
          )}
        </Loaded>
        <More list={spaces} />
      </section>
      <Tasks to={to} className={styles.part} />
      <Slab title={t('recent')} className={styles.part}>
        <Loaded query={recent} lines={5}>
          {(documents) =>
            documents.length === 0 ? (
              <EmptyState title={t('noRecent')} heading="h3">
                {t('noRecentText')}
              </EmptyState>
            ) : (
              <DocumentList documents={documents} to={to} />
            )
          }
        </Loaded>
        <More list={recent} />
      </Slab>
    </>
  )
}

function SpaceCard({ space, to }: { space: Space; to: Addresses }) {
  const t = useText(texts)
  const language = useLanguage()
  const { folder_id, community, used, quota, archived } = space
  const room = t('used', { used: formatSize(used, language), quota: formatSize(quota, language) })
  return (
    <li className={styles.space}>
      {community ? (
        <CommunityTile of={community.id} size={44} />
      ) : (
        <span className={styles.own}>
          <Icon as={IconFolder} size={24} />
        </span>
      )}
      <div>
        <Link to={to.folder(folder_id)}>{nameOfSpace(space, t)}</Link>
        <small>{archived ? t('archived') : room}</small>
        <meter min={0} max={quota} value={used} aria-hidden="true" />
      </div>
    </li>
  )
}
