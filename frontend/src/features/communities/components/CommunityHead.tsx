import type { ReactNode } from 'react'
import { CommunityCover } from '@/components/paving/CommunityCover'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { MixBar } from '@/components/people/MixBar'
import { CommunityFacts } from '@/entities/community/CommunityFacts'
import type { Community } from '../queries'
import styles from './head.module.css'

/** Which place this is: its paving, its name, who may come in, who has. */
export function CommunityHead({
  community,
  actions,
  tabs,
}: {
  community: Community
  actions: ReactNode
  tabs: ReactNode
}) {
  const { id, name, mix, pictures } = community
  return (
    <header className={styles.head}>
      <div className={styles.cover}>
        <CommunityCover id={id} picture={pictures.cover} />
      </div>
      <div className={styles.identity}>
        <div className={styles.tile}>
          <CommunityTile of={id} picture={pictures.tile} size={84} />
        </div>
        <div className={styles.name}>
          <h1>{name}</h1>
          <p className={styles.facts}>
            <CommunityFacts community={community} />
            <MixBar counts={mix} />
          </p>
        </div>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.tabs}>{tabs}</div>
    </header>
  )
}
