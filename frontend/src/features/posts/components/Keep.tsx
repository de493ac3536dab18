import { IconBookmark, IconBookmarkFilled } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useKeep } from '../mutations'
import type { Post } from '../queries'
import styles from './posts.module.css'

/** Puts a post aside, to find it again. */
export function Keep({ post }: { post: Post }) {
  const t = useText(texts)
  const keep = useKeep(post.id)
  if (!post.abilities.includes('bookmark')) return null
  return (
    <Button
      look="quiet"
      icon={post.bookmarked ? IconBookmarkFilled : IconBookmark}
      aria-pressed={post.bookmarked}
      busy={keep.isPending}
      onClick={() => keep.mutate(!post.bookmarked)}
    >
      <span className={styles.words}>{t('keep')}</span>
    </Button>
  )
}
