import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CommunityCover } from '@/components/paving/CommunityCover'
import { CommunityTile } from '@/components/paving/CommunityTile'
import { MixBar } from '@/components/people/MixBar'
import { CommunityFacts } from '@/entities/community/CommunityFacts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Community, presenceQuery } from '../queries'
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
            {community.role !== null && <Online id={id} />}
            <MixBar counts={mix} />
          </p>
        </div>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.tabs}>{tabs}</div>
    </header>
  )
}

function Online({ id }: { id: string }) {
  const t = useText(texts)
  const online = useQuery(presenceQuery(id)).data?.online ?? 0
  if (online === 0) return null
  return (
    <span className={styles.online}>
      <i aria-hidden="true" />
      {t('online', { count: online })}
    </span>
  )
}
