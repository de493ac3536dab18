import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconButton } from '@/components/buttons/IconButton'
import { Logo } from '@/components/Logo'
import { organisationQuery } from '@/entities/organisation/queries'
import type { SessionMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { paths } from '../paths'
import { searching } from '../searching'
import { texts } from '../texts'
import styles from './bars.module.css'
import { UserMenu } from './UserMenu'

interface TopBarProps {
  member: SessionMember
  administering: boolean
  onShortcuts: () => void
}

/** On small screens: the mark, the name, the search, you. */
export function TopBar({ member, administering, onShortcuts }: TopBarProps) {
  const t = useText(texts)
  const { data: organisation } = useQuery(organisationQuery)
  return (
    <header className={styles.top}>
      <Link
        to={paths.home}
        className={styles.mark}
        aria-label={t('homeLink')}
        activeProps={{ 'aria-current': undefined }}
      >
        <Logo size={30} source={organisation?.logo_url} />
      </Link>
      <p className={styles.title}>{administering ? t('administration') : 'Parvis'}</p>
      <IconButton icon={IconSearch} label={t('search')} aria-haspopup="dialog" onClick={() => searching.open()} />
      <UserMenu member={member} avatar={30} position="bottom-end" onShortcuts={onShortcuts} />
    </header>
  )
}
