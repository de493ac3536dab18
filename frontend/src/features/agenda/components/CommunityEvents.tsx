import { useState } from 'react'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { EventList } from './EventList'

const WHEN = ['coming', 'past'] as const

interface CommunityEventsProps {
  communityId: string
  addressOf: (postId: string) => string
}

/** What takes place in one community, and what took place there. */
export function CommunityEvents({ communityId, addressOf }: CommunityEventsProps) {
  const t = useText(texts)
  const [when, setWhen] = useState<(typeof WHEN)[number]>('coming')
  return (
    <Slab title={t('agenda')}>
      <Pills
        label={t('which')}
        options={WHEN.map((value) => ({ value, label: t(value) }))}
        value={when}
        onChange={setWhen}
      />
      <EventList
        wanted={{ community_id: communityId, over: when === 'past' }}
        addressOf={addressOf}
        empty={
          <EmptyState title={t('emptyTitle')} heading="h3">
            {t('emptyText')}
          </EmptyState>
        }
      />
    </Slab>
  )
}
