import { IconPin } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { beginningOf } from '../beginning'
import { texts } from '../i18n'
import { pinnedQuery } from '../queries'
import styles from './posts.module.css'

/** What stays on top of a wall, each in one line that leads to it. */
export function PinnedLine({ communityId, to }: { communityId: string; to: Addresses }) {
  const t = useText(texts)
  const posts = useInfiniteQuery(pinnedQuery(communityId)).data ?? []
  if (posts.length === 0) return null
  return (
    <ul className={styles.pins} aria-label={t('pins')}>
      {posts.map((post) => (
        <li key={post.id}>
          <Icon as={IconPin} />
          <span>
            <Link to={to.post(post.id)}>{post.title || beginningOf(post.body)}</Link>
            <small>{t('pinnedBy', { name: post.author?.name ?? t('nobody') })}</small>
          </span>
        </li>
      ))}
    </ul>
  )
}
