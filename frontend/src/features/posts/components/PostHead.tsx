import { IconPin } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { PersonChip } from '@/entities/person/PersonChip'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Place, Post } from '../queries'
import { History } from './History'
import { PostMenu } from './PostMenu'
import styles from './posts.module.css'

interface PostHeadProps {
  post: Post
  /** Where it stands: on a wall, that alone; elsewhere all of its places are named. */
  place: Place | undefined
  onEdit: () => void
  to: Addresses
}

/** Who said it, when, where and what kind of thing it is. */
export function PostHead({ post, place, onEdit, to }: PostHeadProps) {
  const t = useText(texts)
  const { author } = post
  const others = post.places.filter(({ community }) => community.id !== place?.community.id)
  return (
    <header className={styles.head}>
      {author ? <PersonChip person={author} to={to.person(author.id)} size={44} /> : <b>{t('nobody')}</b>}
      <PostMenu post={post} place={place} onEdit={onEdit} />
      <div className={styles.when}>
        <Link to={to.post(post.id)}>
          <Moment at={post.said_at} />
        </Link>
        <Edited post={post} />
        {post.reach && !post.announcement && <span>{t(post.reach)}</span>}
        {post.kind !== 'message' && post.kind !== 'announcement' && <Chip look="line">{t(post.kind)}</Chip>}
        {place?.pinned && (
          <Chip look="soft" icon={IconPin}>
            {t('pinned')}
          </Chip>
        )}
        {others.map(({ community }) => (
          <Link key={community.id} to={to.community(community.id)}>
            {community.name}
          </Link>
        ))}
      </div>
    </header>
  )
}

/** That it was edited, which leads to what it said before. */
function Edited({ post }: { post: Post }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  if (post.edited_at === null) return null
  return (
    <>
      <button type="button" className={styles.edited} onClick={() => setOpen(true)}>
        {t('edited')}
      </button>
      {open && <History post={post} onClose={() => setOpen(false)} />}
    </>
  )
}
