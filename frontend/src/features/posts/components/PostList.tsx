import { Loaded } from '@/api/Loaded'
import type { Listed } from '@/api/listing'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import type { StateProps } from '@/components/states/StateSlab'
import type { Addresses } from '../addresses'
import type { Post } from '../queries'
import { PostCard } from './PostCard'

interface PostListProps {
  list: Listed<Post>
  /** On whose wall they stand. */
  communityId?: string
  empty: StateProps
  to: Addresses
}

/** Posts one under the other, each once, and more of them. */
export function PostList({ list, communityId, empty, to }: PostListProps) {
  return (
    <>
      <Loaded query={list} lines={6}>
        {(posts) =>
          posts.length === 0 ? (
            <Slab>
              <EmptyState {...empty} />
            </Slab>
          ) : (
            posts.map((post) => <PostCard key={post.id} post={post} {...(communityId && { communityId })} to={to} />)
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  )
}
