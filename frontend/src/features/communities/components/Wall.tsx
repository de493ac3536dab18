import type { ReactNode } from 'react'
import { Slab } from '@/components/Slab'
import { PermissionState } from '@/components/states/PermissionState'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Community } from '../queries'

interface WallProps {
  community: Community
  /** What is said there. */
  children: ReactNode
}

/** What is said in a community, for those who may read it; to the others, who can let them in. */
export function Wall({ community, children }: WallProps) {
  return community.abilities.includes('read') ? children : <Closed community={community} />
}

function Closed({ community }: { community: Community }) {
  const t = useText(texts)
  const names = new Intl.ListFormat(useLanguage(), { type: 'disjunction' }).format(
    community.run_by.map((person) => person.name),
  )
  return (
    <Slab>
      <PermissionState title={t('closedTitle')}>
        {names && `${t('closedText', { names })} `}
        {t('closedNobodyText')}
      </PermissionState>
    </Slab>
  )
}
