import { Link } from '@tanstack/react-router'
import { CopyButton } from '@/components/CopyButton'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { Slab, Slabs } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Post } from '../queries'
import { PostCard } from './PostCard'
import styles from './posts.module.css'

interface OnePostProps {
  post: Post
  /** The comment that is spoken of. */
  commentId: string | undefined
  to: Addresses
}

/** A post on its own page, its discussion open, and beside it where it was said. */
export function OnePost({ post, commentId, to }: OnePostProps) {
  const t = useText(texts)
  useTitle(post.title || t('untitled', { name: post.author?.name ?? t('nobody') }))
  return (
    <>
      <Slabs>
        <PostCard post={post} alone commentId={commentId} to={to} />
      </Slabs>
      <aside aria-label={t('saidIn')}>
        <Slab title={t('saidIn')}>
          {post.reach && <p>{t(post.reach)}</p>}
          <ul className={styles.places}>
            {post.places.map(({ community }) => (
              <li key={community.id}>
                <CommunityTile of={community.id} size={34} />
                <Link to={to.community(community.id)}>{community.name}</Link>
              </li>
            ))}
          </ul>
          <CopyButton text={`${window.location.origin}${to.post(post.id, commentId)}`}>{t('copyLink')}</CopyButton>
        </Slab>
      </aside>
    </>
  )
}
