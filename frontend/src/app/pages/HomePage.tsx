import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Slabs } from '@/components/Slab'
import { organisationQuery } from '@/entities/organisation/queries'
import { useMember } from '@/entities/session/queries'
import { NextSteps } from '@/features/home/components/NextSteps'
import { Welcome } from '@/features/home/components/Welcome'
import { WhoIsHere } from '@/features/home/components/WhoIsHere'
import type { StepCode } from '@/features/home/steps'
import { Waiting } from '@/features/ties/components/Waiting'
import { useText } from '@/lib/i18n'
import { useTitle } from '@/lib/title'
import { paths } from '../paths'
import { texts } from '../texts'
import styles from './pages.module.css'

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
  useTitle(t('home'))
  return (
    <div className={styles.cols}>
      <div className={styles.wide}>
        <Welcome givenName={member.given_name} stepsLeft={member.next_steps.length} />
      </div>
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
        <NextSteps left={member.next_steps} addresses={addresses} />
      </Slabs>
      <WhoIsHere counts={organisation?.publics} />
    </div>
  )
}
