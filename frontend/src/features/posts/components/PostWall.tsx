import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { wallQuery } from '../queries'
import { Composer } from './Composer'
import { PostCard } from './PostCard'
import styles from './posts.module.css'

interface PostWallProps {
  communityId: string
  mayPost: boolean
  to: Addresses
}

/** What is said in a community, newest first, and the place to say more. */
export function PostWall({ communityId, mayPost, to }: PostWallProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(wallQuery(communityId))
  return (
    <div className={styles.wall}>
      <Slab>
        {mayPost ? <Composer communityId={communityId} /> : <p className={styles.muted}>{t('mayNotPost')}</p>}
      </Slab>
      <Loaded query={list} lines={6}>
        {(posts) =>
          posts.length === 0 ? (
            <Slab>
              <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
            </Slab>
          ) : (
            posts.map((post) => <PostCard key={post.id} post={post} communityId={communityId} to={to} />)
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </div>
  )
}
