import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { CONTENT, SkipLink } from '@/components/SkipLink'
import { OfflineBanner } from '@/components/states/OfflineBanner'
import { organisationQuery } from '@/entities/organisation/queries'
import { useMembersChoices } from '@/entities/session/choices'
import { useMember } from '@/entities/session/queries'
import { atRest } from '@/lib/rest'
import { useSoon } from '@/lib/soon'
import { useIsUploading } from '@/lib/uploading'
import { administrationPlacesFor, isAdministration, isDeep, isFocused, placesFor } from '../navigation'
import { documentAddress } from '../paths'
import { searching } from '../searching'
import { BottomBar } from './BottomBar'
import { LegalLinks } from './LegalLinks'
import { Sidebar } from './Sidebar'
import styles from './shell.module.css'
import { TopBar } from './TopBar'
import { useFocusOnNavigation } from './useFocusOnNavigation'
import { useLive } from './useLive'
import { useShortcuts } from './useShortcuts'

const ShortcutList = lazy(() => import('./ShortcutList').then((part) => ({ default: part.ShortcutList })))
const fetchPalette = async () => ({ default: (await import('./SearchPalette')).SearchPalette })
const SearchPalette = lazy(fetchPalette)
const UploadTray = lazy(() =>
  import('@/features/documents/components/UploadTray').then((part) => ({ default: part.UploadTray })),
)

/** The frame of every page inside: sidebar, rail or bars by width, the page, and the legal links under it. */
export function Shell() {
  const member = useMember()
  const { data: organisation } = useQuery(organisationQuery)
  const { pathname } = useLocation()
  const administering = isAdministration(pathname, member)
  const focused = isFocused(pathname)
  const places = placesFor(member, organisation)
  const isUploading = useIsUploading(member.id)
  useMembersChoices(member)
  useLive(member.id)
  useFocusOnNavigation()
  const [listing, setListing] = useState(false)
  const list = () => setListing(true)
  const search = searching.use()
  const [hasSearched, setSearched] = useState(search.open)
  if (search.open && !hasSearched) setSearched(true)
  useEffect(() => atRest(() => void fetchPalette().catch(() => {})), [])
  useShortcuts(places, list, search.open ? searching.close : openAlone)
  return (
    <div className={styles.shell} data-focused={focused || undefined} data-deep={isDeep(pathname) || undefined}>
      <SkipLink />
      <Sidebar
        member={member}
        places={administering ? administrationPlacesFor(member) : places}
        administering={administering}
        onShortcuts={list}
      />
      <TopBar member={member} administering={administering} onShortcuts={list} />
      <div className={styles.page}>
        <OfflineBanner keeps={focused} />
        <main id={CONTENT} tabIndex={-1} className={styles.main}>
          <Page />
        </main>
        {!focused && (
          <footer className={styles.footer}>
            <LegalLinks />
          </footer>
        )}
      </div>
      <BottomBar places={places} />
      {listing && (
        <Suspense>
          <ShortcutList open onClose={() => setListing(false)} places={places} />
        </Suspense>
      )}
      {hasSearched && (
        <Suspense>
          <SearchPalette {...search} member={member} places={places} />
        </Suspense>
      )}
      {isUploading && (
        <Suspense>
          <UploadTray documentAddress={documentAddress} />
        </Suspense>
      )}
    </div>
  )
}

/** After the frame. */
function Page() {
  return useSoon() && <Outlet />
}

/** Not over another dialog, which waits for its own answer. */
function openAlone() {
  if (document.querySelector('[aria-modal=true]') === null) searching.open()
}
