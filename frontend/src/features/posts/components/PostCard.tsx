import { IconMessageCircle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Prose } from '@/components/Prose'
import { MixBar } from '@/components/people/MixBar'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Place, Post } from '../queries'
import { Comments } from './Comments'
import { Keep } from './Keep'
import { OneThread } from './OneThread'
import { PostHead } from './PostHead'
import styles from './posts.module.css'
import { Thanks } from './Thanks'

interface PostCardProps {
  post: Post
  /** On whose wall it is shown. */
  communityId?: string
  /** On a page of its own, its discussion open. */
  alone?: boolean
  /** Of the discussion, this alone. */
  commentId?: string | undefined
  to: Addresses
}

/** One thing said: who, when, what, and what may be done with it. */
export function PostCard({ post, communityId, alone = false, commentId, to }: PostCardProps) {
  const t = useText(texts)
  const heading = useId()
  const [reading, setReading] = useState(alone)
  const [at, setAt] = useState(communityId ?? post.places[0]?.community.id)
  const place = post.places.find(({ community }) => community.id === at) ?? post.places[0]
  const thread = post.threads.find(({ id }) => id === place?.thread_id)
  return (
    <Slab>
      <article className={styles.post} aria-labelledby={heading}>
        <PostHead post={post} place={communityId ? place : undefined} to={to} />
        <Title id={heading} post={post} as={alone ? 'h1' : 'h2'} />
        {post.gone ? <p className={styles.muted}>{t('gonePost')}</p> : <Prose html={post.html} lang={post.language} />}
        {thread && thread.people > 0 && (
          <p className={styles.mix}>
            <MixBar counts={thread.mix} />
            <small>{t('people', { count: thread.people })}</small>
          </p>
        )}
        <div className={styles.foot}>
          <Thanks post={post} />
          {place && !alone && (
            <Button look="quiet" icon={IconMessageCircle} aria-expanded={reading} onClick={() => setReading(!reading)}>
              {t('comment')} {post.comments || ''}
            </Button>
          )}
          <Keep post={post} />
        </div>
        {place && reading && (
          <>
            {!communityId && post.threads.length > 1 && <Places post={post} place={place} onChange={setAt} />}
            {commentId ? (
              <OneThread post={post} place={place} commentId={commentId} to={to} />
            ) : (
              <Comments postId={post.id} place={place} to={to} />
            )}
          </>
        )}
      </article>
    </Slab>
  )
}

/** A post without a title is named by who said it, for readers alone. */
function Title({ id, post, as: Tag }: { id: string; post: Post; as: 'h1' | 'h2' }) {
  const t = useText(texts)
  if (post.title) return <Tag id={id}>{post.title}</Tag>
  return (
    <div id={id}>
      <VisuallyHidden as={Tag}>{t('untitled', { name: post.author?.name ?? t('nobody') })}</VisuallyHidden>
    </div>
  )
}

/** Which of its discussions is read, where each place has its own. */
function Places({ post, place, onChange }: { post: Post; place: Place; onChange: (communityId: string) => void }) {
  const t = useText(texts)
  return (
    <Pills
      label={t('discussions')}
      options={post.places.map(({ community }) => ({ value: community.id, label: community.name }))}
      value={place.community.id}
      onChange={onChange}
    />
  )
}
