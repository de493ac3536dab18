import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { myCommunitiesQuery } from '@/entities/community/queries'
import { useText } from '@/lib/i18n'
import { communityAddress, paths } from '../paths'
import { texts } from '../texts'
import styles from './sidebar.module.css'

/** The communities that one is in, where something was said last; the others one step further. */
export function MyCommunities() {
  const t = useText(texts)
  const { items, next } = useQuery(myCommunitiesQuery).data ?? { items: [], next: null }
  if (items.length === 0) return null
  return (
    <nav className={styles.mine} aria-label={t('yourCommunities')}>
      <h2>{t('yourCommunities')}</h2>
      <ul className={styles.nav}>
        {items.map(({ id, name, pictures }) => (
          <li key={id}>
            <Link to={communityAddress(id)} title={name}>
              <CommunityTile of={id} picture={pictures.tile} size={24} />
              <span>{name}</span>
            </Link>
          </li>
        ))}
        {next !== null && (
          <li className={styles.others}>
            <Link to={paths.communities} search={{ list: 'mine' } as never} activeProps={{ 'aria-current': undefined }}>
              <span>{t('allYours')}</span>
            </Link>
          </li>
        )}
      </ul>
    </nav>
  )
}
