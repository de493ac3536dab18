import { IconMessageCircle } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Prose } from '@/components/Prose'
import { MixBar } from '@/components/people/MixBar'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { FileList } from '@/entities/attachment/FileList'
import { Gallery } from '@/entities/attachment/Gallery'
import { LinkCards } from '@/entities/attachment/LinkCards'
import { Referred } from '@/entities/attachment/Referred'
import { HiddenNote } from '@/entities/report/HiddenNote'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Discussed, Place, Post } from '../queries'
import { useSeen } from '../seen'
import { AcceptedAnswer } from './AcceptedAnswer'
import { AnnouncementBody, AnnouncementHead } from './AnnouncementParts'
import { Comments } from './Comments'
import { Event } from './Event'
import { Idea } from './Idea'
import { Keep } from './Keep'
import { OneThread } from './OneThread'
import { Poll } from './Poll'
import { PostHead } from './PostHead'
import styles from './posts.module.css'
import { Reactions } from './Reactions'

const Editing = lazy(async () => ({ default: (await import('./Editing')).Editing }))

interface PostCardProps {
  post: Post
  /** On whose wall it is shown. */
  communityId?: string
  /** Why it is shown, in a feed. */
  reason?: ReactNode
  /** On a page of its own, its discussion open. */
  alone?: boolean
  /** Of the discussion, this alone. */
  commentId?: string | undefined
  to: Addresses
}

/** One thing said: who, when, what, and what may be done with it. */
export function PostCard({ post, communityId, reason, alone = false, commentId, to }: PostCardProps) {
  const t = useText(texts)
  const heading = useId()
  const seen = useSeen(post)
  const [reading, setReading] = useState(alone)
  const [editing, setEditing] = useState(false)
  const [at, setAt] = useState(communityId ?? post.places[0]?.community.id)
  const place = post.places.find(({ community }) => community.id === at) ?? post.places[0]
  const discussed = place ? { ...place, communityId: place.community.id } : onSquare(post)
  const thread = post.threads.find(({ id }) => id === discussed?.thread_id)
  return (
    <Slab>
      <article ref={seen} className={styles.post} aria-labelledby={heading}>
        {post.announcement && <AnnouncementHead post={{ ...post, announcement: post.announcement }} />}
        {reason}
        <PostHead post={post} place={communityId ? place : undefined} onEdit={() => setEditing(true)} to={to} />
        <Title id={heading} post={post} as={alone ? 'h1' : 'h2'} />
        {place?.hidden && <HiddenNote />}
        {editing ? (
          <Suspense fallback={null}>
            <Editing post={post} onDone={() => setEditing(false)} />
          </Suspense>
        ) : (
          <Body post={post} alone={alone} />
        )}
        {thread && thread.people > 0 && (
          <p className={styles.mix}>
            <MixBar counts={thread.mix} />
            <small>{t('people', { count: thread.people })}</small>
          </p>
        )}
        {discussed && thread?.accepted_id && !reading && (
          <AcceptedAnswer postId={post.id} communityId={discussed.communityId} commentId={thread.accepted_id} to={to} />
        )}
        <div className={styles.foot}>
          {post.reach !== 'recipients' && (
            <Reactions postId={post.id} given={post.reactions} may={post.abilities.includes('react')} />
          )}
          {discussed && !alone && (
            <Button look="quiet" icon={IconMessageCircle} aria-expanded={reading} onClick={() => setReading(!reading)}>
              {t('comment')} {post.comments || ''}
            </Button>
          )}
          <Keep post={post} />
        </div>
        {discussed && reading && (
          <>
            {place && !communityId && post.threads.length > 1 && <Places post={post} place={place} onChange={setAt} />}
            {commentId ? (
              <OneThread post={post} place={discussed} commentId={commentId} to={to} />
            ) : (
              <Comments postId={post.id} place={discussed} to={to} />
            )}
          </>
        )}
      </article>
    </Slab>
  )
}

/** The one discussion of what is said on the square. What is said to recipients has none. */
function onSquare(post: Post): Discussed | undefined {
  const thread = post.threads[0]
  if (post.reach !== 'square' || !thread) return undefined
  return { communityId: null, thread_id: thread.id, abilities: post.abilities }
}

/** What it says, and what it asks. */
function Body({ post, alone }: { post: Post; alone: boolean }) {
  const t = useText(texts)
  if (post.gone) return <p className={styles.muted}>{t('gonePost')}</p>
  const { poll, idea, event, announcement } = post
  return (
    <>
      <Prose html={post.html} lang={post.language} />
      {announcement && <AnnouncementBody post={{ ...post, announcement }} alone={alone} />}
      <Gallery images={post.images} />
      <FileList files={post.files} />
      <Referred documents={post.documents} />
      <LinkCards links={post.links} />
      {poll && <Poll post={{ ...post, poll }} />}
      {idea && <Idea post={{ ...post, idea }} />}
      {event && <Event post={{ ...post, event }} />}
    </>
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
