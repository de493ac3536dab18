import { IconArchive, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Chip } from '@/components/Chip'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { MixBar } from '@/components/people/MixBar'
import { useText } from '@/lib/i18n'
import { CommunityFacts } from './CommunityFacts'
import styles from './community.module.css'
import type { Card } from './queries'
import { texts } from './texts'

const MOST_TAGS = 4

interface CommunityCardProps {
  community: Card
  to: string
  /** Why it is shown, under its summary. */
  children?: ReactNode
}

/** A community in a list. The whole card leads to it, through its title's link. */
export function CommunityCard({ community, to, children }: CommunityCardProps) {
  const { id, name, summary, tags, mix, pictures } = community
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <CommunityTile of={id} picture={pictures.tile} size={52} />
        <div>
          <h3>
            <Link to={to}>{name}</Link>
          </h3>
          <p className={styles.facts}>
            <CommunityFacts community={community} />
          </p>
        </div>
      </div>
      {summary && <p className={styles.summary}>{summary}</p>}
      {children}
      {tags.length > 0 && (
        <p className={styles.tags}>
          {tags.slice(0, MOST_TAGS).map((tag) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
        </p>
      )}
      <p className={styles.foot}>
        <MixBar counts={mix} />
        <Standing community={community} />
      </p>
    </li>
  )
}

/** What one is there, or is waiting to be. */
function Standing({ community }: { community: Card }) {
  const t = useText(texts)
  if (community.archived) {
    return (
      <Chip look="line" icon={IconArchive}>
        {t('archived')}
      </Chip>
    )
  }
  if (community.role) {
    return (
      <Chip look="line" icon={IconCheck}>
        {t(community.role)}
      </Chip>
    )
  }
  if (community.invited) return <Chip look="light">{t('invited')}</Chip>
  return community.asked && <Chip look="line">{t('asked')}</Chip>
}
