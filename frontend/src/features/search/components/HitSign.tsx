import { IconCalendarEvent, IconFileText, IconMessage2, IconMessageCircle, IconNews } from '@tabler/icons-react'
import { Icon, type IconType } from '@/components/Icon'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { colourOf, iconOf } from '@/entities/attachment/documentIcons'
import { textOf } from '../found'
import type { Hit, Kind } from '../types'
import styles from './sign.module.css'

const icons: Partial<Record<Kind, IconType>> = {
  page: IconFileText,
  post: IconNews,
  comment: IconMessage2,
  message: IconMessageCircle,
  event: IconCalendarEvent,
}

/** Who or what it is, drawn; its words stand beside it. */
export function HitSign({ hit, size = 38 }: { hit: Hit; size?: number }) {
  const { kind, id, title, person, community, document } = hit
  if (kind === 'person') {
    return (
      <PersonAvatar
        id={id}
        name={textOf(title)}
        public={person?.public ?? null}
        size={size}
        photo={person?.avatar?.small}
      />
    )
  }
  if (kind === 'community') return <CommunityTile of={id} picture={community?.pictures.tile ?? null} size={size} />
  const colour =
    kind === 'document' ? colourOf(document?.group ?? null) : kind === 'page' ? 'var(--link)' : 'var(--ink)'
  return <DrawnSign icon={icons[kind] ?? iconOf(document?.group ?? null)} colour={colour} size={size} />
}

export function DrawnSign({
  icon,
  colour = 'var(--ink)',
  size = 38,
}: {
  icon: IconType
  colour?: string
  size?: number
}) {
  return (
    <span className={styles.sign} style={{ '--c': colour, '--s': `${size}px` }} aria-hidden="true">
      <Icon as={icon} />
    </span>
  )
}
