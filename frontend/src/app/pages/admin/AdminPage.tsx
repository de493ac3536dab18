import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from '@/components/Icon'
import { PageTitle } from '@/components/PageTitle'
import { type Ability, may, mayOpen, useMember } from '@/entities/session/queries'
import { Reserved } from '@/features/admin/Reserved'
import { SecondFactorNeeded } from '@/features/admin/SecondFactorNeeded'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import pages from '../pages.module.css'
import styles from './admin.module.css'
import { texts } from './texts'

interface AdminPageProps {
  /** What a member must be able to do to open this page. */
  ability: Ability
  title: string
  /** The page shows its own `h1`, once it knows it. */
  untitled?: boolean
  lead?: string
  action?: ReactNode
  /** The way up; on small screens, to the parts of the administration. Null for the overview itself. */
  up?: { to: string; words: string } | null
  narrow?: boolean
  children: ReactNode
}

/** The frame of each page of the administration. Who may not open it is told why, and nothing is read. */
export function AdminPage({ ability, title, untitled, lead, action, up, narrow, children }: AdminPageProps) {
  const t = useText(texts)
  const member = useMember()
  const open = may(member, ability)
  return (
    <div className={styles.layout}>
      {open && up !== null && (
        <Link to={up?.to ?? paths.administration} className={styles.up} data-always={up !== undefined || undefined}>
          <Icon as={IconChevronLeft} />
          {up?.words ?? t('administration')}
        </Link>
      )}
      {open ? (
        <div data-narrow={narrow || undefined}>
          {!untitled && (
            <PageTitle lead={lead} action={action}>
              {title}
            </PageTitle>
          )}
          {children}
        </div>
      ) : (
        <div className={pages.alone}>
          {mayOpen(member, ability) ? (
            <SecondFactorNeeded title={title} setUpAt={paths.settingsSecurity} />
          ) : (
            <Reserved to={ability} title={title} />
          )}
        </div>
      )}
    </div>
  )
}
