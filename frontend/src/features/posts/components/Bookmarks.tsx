import { useInfiniteQuery } from '@tanstack/react-query'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import { bookmarksQuery } from '../queries'
import { PostList } from './PostList'
import styles from './posts.module.css'

/** Posts that one put aside, the last first. */
export function Bookmarks({ to }: { to: Addresses }) {
  const t = useText(texts)
  return (
    <div className={styles.wall}>
      <PostList
        list={useInfiniteQuery(bookmarksQuery)}
        empty={{ title: t('noBookmark'), children: t('noBookmarkText') }}
        to={to}
      />
    </div>
  )
}
