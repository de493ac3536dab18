import { IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { useFewAtOnce } from '@/lib/fewAtOnce'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { type FeedItem, type FeedTab, feedOrder, feedQuery, feedTabs, newQuery, readFeedAnew } from '../feed'
import { texts } from '../feed.texts'
import type { Asked } from './Composer'
import styles from './feed.module.css'
import { HomeComposer } from './HomeComposer'
import { PostCard } from './PostCard'
import posts from './posts.module.css'
import { Reason } from './Reason'
import { WaitingPosts } from './WaitingActs'

interface HomeFeedProps {
  tab: FeedTab
  onTab: (tab: FeedTab) => void
  /** What is offered to who has nothing to read. */
  instead: ReactNode
  asked?: Asked | undefined
  to: Addresses
}

const nothing = {
  for_you: 'emptyText',
  announcements: 'noAnnouncements',
  communities: 'emptyText',
  ideas: 'noIdeas',
} as const

/** What concerns one: each post once, with the reason why, and more of them. */
export function HomeFeed({ tab, onTab, instead, asked, to }: HomeFeedProps) {
  const t = useText(texts)
  const order = feedOrder.use()
  const list = useInfiniteQuery(feedQuery(tab, order))
  const top = useRef<HTMLElement>(null)
  return (
    <section ref={top} className={posts.wall} aria-label={t('feed')} tabIndex={-1}>
      <Slab>
        <HomeComposer key={`${asked?.begun?.kind} ${asked?.begun?.title}`} asked={asked} />
      </Slab>
      <WaitingPosts />
      <div className={styles.bar}>
        <Pills
          label={t('tabs')}
          options={feedTabs.map((value) => ({ value, label: t(value) }))}
          value={tab}
          onChange={onTab}
        />
        <Button
          look="quiet"
          size="small"
          icon={IconArrowsSort}
          aria-pressed={order === 'recent'}
          title={t('recentHint')}
          onClick={() => feedOrder.set(order === 'recent' ? 'relevant' : 'recent')}
        >
          {t('recent')}
        </Button>
      </div>
      <News tab={tab} since={list.data?.asOf} onRead={() => top.current?.focus()} />
      <Loaded query={list} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <>
              <Slab>
                <EmptyState title={t('emptyTitle')}>{t(nothing[tab])}</EmptyState>
              </Slab>
              {nothing[tab] === 'emptyText' && instead}
            </>
          ) : (
            <Items key={`${tab} ${order}`} items={items} to={to} />
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </section>
  )
}

/** The posts, a few at once; the others while the browser has time, each in a place that is held for it. */
function Items({ items, to }: { items: readonly FeedItem[]; to: Addresses }) {
  const drawn = useFewAtOnce(items.length)
  return items.map(({ post, reason }, index) => (
    <div key={post.id} className={styles.item}>
      {index < drawn && (
        <PostCard post={post} reason={post.kind === 'announcement' ? undefined : <Reason reason={reason} />} to={to} />
      )}
    </div>
  ))
}

const MOST = 100

/** That more was said meanwhile: one asks for it, and nothing moves before. Its place is there before, so that readers
 * hear it come. */
function News({ tab, since, onRead }: { tab: FeedTab; since: string | undefined; onRead: () => void }) {
  const t = useText(texts)
  const cache = useQueryClient()
  const { data: count = 0 } = useQuery(newQuery(tab, since))
  const read = () => {
    void readFeedAnew(cache)
    onRead()
  }
  return (
    <div role="status" className={styles.news}>
      {count > 0 && (
        <Button look="secondary" size="small" icon={IconArrowUp} onClick={read}>
          {count < MOST ? t('news', { count }) : t('manyNews', { most: MOST })}
        </Button>
      )}
    </div>
  )
}
