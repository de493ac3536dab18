import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab, Slabs } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Result } from '@/components/states/Result'
import { Pills } from '@/components/Tabs'
import { useReading } from '@/entities/notification/useReading'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { casesQuery, type State } from '../queries'
import { type Addresses, CaseCard } from './CaseCard'

interface CasesProps {
  /** Whose cases; without it, those that fall to the organisation's moderators. */
  communityId?: string
  to: Addresses
}

/** What was reported, to be decided on, and what was decided. */
export function Cases({ communityId, to }: CasesProps) {
  const t = useText(texts)
  const [state, setState] = useState<State>('open')
  const [saved, setSaved] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const list = useInfiniteQuery(casesQuery(communityId, state))
  const me = useMember().id
  useReading(communityId ?? me, communityId ? 'cases' : 'organisation_cases', list.data !== undefined)
  const decided = () => {
    setSaved(true)
    place.current?.focus()
  }
  const options = (['open', 'decided'] as const).map((value) => ({ value, label: t(value) }))
  return (
    <Slabs>
      <Pills label={t('which')} options={options} value={state} onChange={setState} />
      <Result ref={place}>{saved && t('saved')}</Result>
      <Loaded query={list} lines={6}>
        {(cases) =>
          cases.length === 0 ? (
            <None state={state} organisation={communityId === undefined} />
          ) : (
            cases.map((one) => (
              <CaseCard key={one.id} of={one} inCommunity={communityId !== undefined} to={to} onDecided={decided} />
            ))
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </Slabs>
  )
}

function None({ state, organisation }: { state: State; organisation: boolean }) {
  const t = useText(texts)
  const open = organisation ? t('noneOrganisationText') : t('noneOpenText')
  return (
    <Slab>
      <EmptyState title={t(state === 'open' ? 'noneOpenTitle' : 'noneDecidedTitle')}>
        {state === 'open' ? open : t('noneDecidedText')}
      </EmptyState>
    </Slab>
  )
}
