import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { Logo } from '@/components/Logo'
import { ThemeToggle } from '@/components/ThemeSwitch'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { organisationQuery } from '@/entities/organisation/queries'
import { useChoose } from '@/entities/session/choices'
import type { SessionMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { Place } from '../navigation'
import { paths } from '../paths'
import { texts } from '../texts'
import { MyCommunities } from './MyCommunities'
import { SearchBox } from './SearchBox'
import styles from './sidebar.module.css'
import { Unread } from './Unread'
import { UserMenu } from './UserMenu'

interface SidebarProps {
  member: SessionMember
  places: readonly Place[]
  /** Its places are those of the administration. */
  administering: boolean
  onShortcuts: () => void
}

/** The sidebar of wide screens, a labelled rail on middling ones. */
export function Sidebar({ member, places, administering, onShortcuts }: SidebarProps) {
  const t = useText(texts)
  const { data: organisation } = useQuery(organisationQuery)
  const choose = useChoose()
  return (
    <div className={styles.column}>
      <header className={styles.side}>
        <Link to={paths.home} className={styles.brand} activeProps={{ 'aria-current': undefined }}>
          <Logo source={organisation?.logo_url} />
          <VisuallyHidden>{t('homeLink')}</VisuallyHidden>
          <span className={styles.name} aria-hidden="true">
            <b>Parvis</b>
            {organisation && <small>{organisation.name}</small>}
          </span>
        </Link>
        <SearchBox />
        <nav aria-label={t(administering ? 'administrationNavigation' : 'mainNavigation')}>
          <ul className={styles.nav}>
            {places.map(({ label, icon, to, exact, counted }) => (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: exact ?? false }}>
                  <Icon as={icon} />
                  <span>{t(label)}</span>
                  {counted && <Unread of={counted} />}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {!administering && <MyCommunities />}
        <div className={styles.foot}>
          <UserMenu member={member} avatar={36} position="top-start" withName onShortcuts={onShortcuts} />
          <ThemeToggle onChange={(appearance) => choose.mutate({ appearance })} className={styles.theme} />
        </div>
      </header>
    </div>
  )
}
