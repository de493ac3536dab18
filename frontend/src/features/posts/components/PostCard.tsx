import { IconBookmark, IconDots, IconHeart, IconMessageCircle, IconPin, IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Menu, type MenuItem } from '@/components/overlays/Menu'
import { Prose } from '@/components/Prose'
import { MixBar } from '@/components/people/MixBar'
import { Slab } from '@/components/Slab'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useDeletePost, useKeep, usePin, useThank } from '../mutations'
import type { Place, Post } from '../queries'
import { Comments } from './Comments'
import styles from './posts.module.css'

interface PostCardProps {
  post: Post
  communityId: string
  addressOf: (id: string) => string
}

/** One thing said on a wall: who, when, what, and what may be done with it. */
export function PostCard({ post, communityId, addressOf }: PostCardProps) {
  const t = useText(texts)
  const heading = useId()
  const [reading, setReading] = useState(false)
  const { author, title } = post
  const place = post.places.find(({ community }) => community.id === communityId)
  const thread = post.threads.find(({ id }) => id === place?.thread_id)
  return (
    <Slab>
      <article
        className={styles.post}
        aria-labelledby={title ? heading : undefined}
        aria-label={title ? undefined : t('untitled', { name: author?.name ?? t('nobody') })}
      >
        <div className={styles.head}>
          {author ? <PersonChip person={author} to={addressOf(author.id)} size={44} /> : <b>{t('nobody')}</b>}
          <small>
            <Moment at={post.said_at} />
          </small>
          {post.kind !== 'message' && <Chip look="line">{t(post.kind)}</Chip>}
          {place?.pinned && <Chip look="line">{t('pinned')}</Chip>}
          <Acts post={post} place={place} />
        </div>
        {title && <h2 id={heading}>{title}</h2>}
        {post.gone ? <p className={styles.muted}>{t('gonePost')}</p> : <Prose html={post.html} lang={post.language} />}
        {thread && thread.people > 0 && <MixBar counts={thread.mix} />}
        <div className={styles.foot}>
          <Thanks post={post} />
          {place && (
            <Button look="quiet" icon={IconMessageCircle} aria-expanded={reading} onClick={() => setReading(!reading)}>
              {t('comment')} {post.comments || ''}
            </Button>
          )}
          <Keep post={post} />
        </div>
        {place && reading && <Comments postId={post.id} place={place} addressOf={addressOf} />}
      </article>
    </Slab>
  )
}

function Thanks({ post }: { post: Post }) {
  const t = useText(texts)
  const thank = useThank(post.id)
  const given = post.reactions.find(({ kind }) => kind === 'thanks')
  const mine = given?.mine ?? false
  return (
    <Button
      look="quiet"
      icon={IconHeart}
      aria-pressed={mine}
      disabled={!post.abilities.includes('react')}
      busy={thank.isPending}
      onClick={() => thank.mutate(!mine)}
    >
      {t('thanks')} {given?.count || ''}
    </Button>
  )
}

function Keep({ post }: { post: Post }) {
  const t = useText(texts)
  const keep = useKeep(post.id)
  if (!post.abilities.includes('bookmark')) return null
  return (
    <Button
      look="quiet"
      icon={IconBookmark}
      aria-pressed={post.bookmarked}
      busy={keep.isPending}
      onClick={() => keep.mutate(!post.bookmarked)}
    >
      {t('keep')}
    </Button>
  )
}

function Acts({ post, place }: { post: Post; place: Place | undefined }) {
  const t = useText(texts)
  const [deleting, setDeleting] = useState(false)
  const pin = usePin(post.id, place?.community.id ?? '')
  const remove = useDeletePost(post.id)
  const items: MenuItem[] = []
  if (place?.abilities.includes('pin'))
    items.push({
      label: t(place.pinned ? 'unpin' : 'pin'),
      icon: IconPin,
      onSelect: () => pin.mutate(!place.pinned),
    })
  if (post.abilities.includes('delete'))
    items.push({ label: t('delete'), icon: IconTrash, danger: true, onSelect: () => setDeleting(true) })
  if (items.length === 0) return null
  return (
    <>
      <Menu items={items}>
        <IconButton icon={IconDots} label={t('actions')} />
      </Menu>
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={t('deletePostTitle')}
        confirm={t('delete')}
        danger
        onConfirm={() => remove.mutateAsync()}
      >
        {t('deletePostText')}
      </ConfirmDialog>
    </>
  )
}
