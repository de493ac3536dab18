import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { Slabs } from '@/components/Slab'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { organisationQuery } from '@/entities/organisation/queries'
import { useMember } from '@/entities/session/queries'
import { NextSteps } from '@/features/home/components/NextSteps'
import { Welcome } from '@/features/home/components/Welcome'
import { WhoIsHere } from '@/features/home/components/WhoIsHere'
import type { StepCode } from '@/features/home/steps'
import type { FeedTab } from '@/features/posts/feed'
import { Waiting } from '@/features/ties/components/Waiting'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { communityAddress, paths } from '../paths'
import { texts } from '../texts'
import styles from './pages.module.css'
import { postAddresses } from './postAddresses'
import { useAsked } from './useAsked'

/** The page is painted before the posts come: what shows them, or stands in their place, comes with them. */
const Suggestions = lazy(async () => ({
  default: (await import('@/features/communities/components/Suggestions')).Suggestions,
}))
const NextDays = lazy(async () => ({ default: (await import('@/features/agenda/components/NextDays')).NextDays }))
const HomeFeed = lazy(async () => ({ default: (await import('@/features/posts/components/HomeFeed')).HomeFeed }))

const addresses: Record<StepCode, string> = {
  personal_address: paths.settingsAccount,
  passkey: paths.settingsSecurity,
  profile: paths.settingsProfile,
  interests: paths.settingsInterests,
}

export function HomePage() {
  const t = useText(texts)
  const member = useMember()
  const { data: organisation } = useQuery(organisationQuery)
  const { tab = 'for_you' } = useSearch({ strict: false }) as { tab?: FeedTab }
  const navigate = useNavigate()
  useTitle(t('home'))
  return (
    <div className={styles.cols}>
      <div className={styles.wide}>
        <Welcome givenName={member.given_name} stepsLeft={member.next_steps.length} />
      </div>
      <Suspense fallback={<LoadingSlab lines={6} />}>
        <HomeFeed
          tab={tab}
          onTab={(next) => void navigate({ to: paths.home, search: { tab: next } as never, resetScroll: false })}
          instead={<Suggestions addressOf={communityAddress} />}
          asked={useAsked()}
          to={postAddresses}
        />
      </Suspense>
      <Slabs>
        <Waiting
          links={{
            requests: (words) => (
              <Link to={paths.contacts} search={{ list: 'received' } as never}>
                {words}
              </Link>
            ),
            mentoring: (words) => (
              <Link to={paths.mentoring} search={{ side: 'mentor' } as never}>
                {words}
              </Link>
            ),
          }}
        />
        <Suspense>
          <NextDays agendaAddress={paths.agenda} addressOf={postAddresses.post} />
        </Suspense>
        <NextSteps left={member.next_steps} addresses={addresses} />
        <WhoIsHere counts={organisation?.publics} />
      </Slabs>
    </div>
  )
}
