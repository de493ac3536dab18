import { hash } from '@/lib/hash'
import { initials } from '@/lib/names'
import styles from './people.module.css'
import type { Public } from './publics'

interface PersonAvatarProps {
  id: string
  name: string
  public: Public | null
  /** Pixels of its side. */
  size?: number
  photo?: string | null | undefined
  presence?: 'online' | 'away' | undefined
}

/** The shape says the public, the pastel is drawn from the id. Decorative: the name always stands beside it. */
export function PersonAvatar({ id, name, public: kind, size = 40, photo, presence }: PersonAvatarProps) {
  return (
    <span
      className={styles.avatar}
      data-public={kind ?? 'guest'}
      data-pastel={hash(id) % 8}
      style={{ '--s': `${size}px` }}
      aria-hidden="true"
    >
      <span>{photo ? <img src={photo} alt="" /> : initials(name)}</span>
      {presence && <i className={styles.presence} data-presence={presence} />}
    </span>
  )
}
