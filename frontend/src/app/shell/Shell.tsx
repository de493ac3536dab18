import { Outlet } from '@tanstack/react-router'
import { CONTENT, SkipLink } from '@/components/SkipLink'
import { OfflineBanner } from '@/components/states/OfflineBanner'
import { useMembersChoices } from '@/entities/session/choices'
import { useMember } from '@/entities/session/queries'
import { placesFor } from '../navigation'
import { BottomBar } from './BottomBar'
import { LegalLinks } from './LegalLinks'
import { Sidebar } from './Sidebar'
import styles from './shell.module.css'
import { TopBar } from './TopBar'
import { useFocusOnNavigation } from './useFocusOnNavigation'

/** The frame of every page inside: sidebar, rail or bars by width, the page, and the legal links under it. */
export function Shell() {
  const member = useMember()
  const places = placesFor(member)
  useMembersChoices(member)
  useFocusOnNavigation()
  return (
    <div className={styles.shell}>
      <SkipLink />
      <Sidebar member={member} places={places} />
      <TopBar member={member} />
      <div className={styles.page}>
        <OfflineBanner />
        <main id={CONTENT} tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
        <footer className={styles.footer}>
          <LegalLinks />
        </footer>
      </div>
      <BottomBar places={places} />
    </div>
  )
}
