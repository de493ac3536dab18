import { useInfiniteQuery } from '@tanstack/react-query'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { wallQuery } from '../queries'
import { type Asked, Composer } from './Composer'
import { PinnedLine } from './PinnedLine'
import { PostList } from './PostList'
import styles from './posts.module.css'
import { ScheduledList } from './ScheduledList'
import { WaitingPosts } from './WaitingActs'

interface PostWallProps {
  communityId: string
  name: string
  mayPost: boolean
  mayUpload: boolean
  asked?: Asked | undefined
  to: Addresses
}

/** What is said in a community, newest first, and the place to say more. */
export function PostWall({ communityId, name, mayPost, mayUpload, asked, to }: PostWallProps) {
  const t = useText(texts)
  return (
    <div className={styles.wall}>
      <PinnedLine communityId={communityId} to={to} />
      <Slab>
        {mayPost ? (
          <Composer
            key={`${asked?.begun?.kind} ${asked?.begun?.title}`}
            place={{ id: communityId, name }}
            mayUpload={mayUpload}
            asked={asked}
          />
        ) : (
          <p className={styles.muted}>{t('mayNotPost')}</p>
        )}
      </Slab>
      <WaitingPosts placeId={communityId} />
      {mayPost && <ScheduledList place={{ id: communityId, name }} mayUpload={mayUpload} />}
      <PostList
        list={useInfiniteQuery(wallQuery(communityId))}
        communityId={communityId}
        empty={{ title: t('emptyTitle'), children: t('emptyText') }}
        to={to}
      />
    </div>
  )
}
