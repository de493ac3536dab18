import { useNavigate, useSearch } from '@tanstack/react-router'
import { PageTitle } from '@/components/PageTitle'
import { Slab } from '@/components/Slab'
import { Pills } from '@/components/Tabs'
import { useReading } from '@/entities/notification/useReading'
import { useMember } from '@/entities/session/queries'
import { Mentorships } from '@/features/ties/components/Mentorships'
import styles from '@/features/ties/components/ties.module.css'
import { texts as tieTexts } from '@/features/ties/i18n'
import type { Side } from '@/features/ties/queries'
import { useText } from '@/lib/i18n'
import { paths, personAddress } from '../paths'
import { texts } from '../texts'
import pages from './pages.module.css'

/** One's exchanges, as mentee and as mentor. */
export function Page() {
  const t = useText(texts)
  const tt = useText(tieTexts)
  const navigate = useNavigate()
  const { side: given } = useSearch({ strict: false }) as { side?: string }
  useReading(useMember()?.id ?? '', 'mentoring', true)
  const side: Side = given === 'mentor' ? 'mentor' : 'mentee'
  return (
    <div className={pages.one}>
      <PageTitle lead={t('mentoringLead')}>{t('mentoring')}</PageTitle>
      <Slab>
        <div className={styles.filters}>
          <Pills<Side>
            label={tt('sides')}
            options={[
              { value: 'mentee', label: tt('asMentee') },
              { value: 'mentor', label: tt('asMentor') },
            ]}
            value={side}
            onChange={(next) =>
              navigate({ to: paths.mentoring, search: { side: next === 'mentee' ? undefined : next } as never })
            }
          />
        </div>
        <Mentorships side={side} addressOf={personAddress} />
      </Slab>
    </div>
  )
}
