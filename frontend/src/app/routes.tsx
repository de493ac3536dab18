import type { QueryClient } from '@tanstack/react-query'
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type ParsedLocation,
  redirect,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Audience, audiences } from '@/entities/person/audiences'
import { sessionQuery } from '@/entities/session/queries'
import { providersQuery } from '@/entities/university/queries'
import { viewOf } from '@/features/documents/view'
import { type FeedTab, feedOrder, feedQuery, feedTabs } from '@/features/posts/feed'
import { safeNext } from '@/lib/next'
import { parseSearch, writeSearch } from '@/lib/search'
import { Boot } from './Boot'
import { CrashPage } from './CrashPage'
import { EntranceLayout } from './EntranceLayout'
import { NotFoundPage } from './NotFoundPage'
import { paths } from './paths'
import { SignedInOnly } from './SignedInOnly'
import { WaitingPage } from './WaitingPage'

interface Context {
  queryClient: QueryClient
}

const root = createRootRouteWithContext<Context>()({
  notFoundComponent: NotFoundPage,
  pendingComponent: Boot,
})

/** Before the shell: sign-in and all that leads to it. */
const entrance = createRoute({ getParentRoute: () => root, id: 'entrance', component: EntranceLayout })

/** Inside: for members only. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: SignedInOnly,
  pendingComponent: Boot,
  beforeLoad: membersOnly,
})

const signIn = createRoute({
  getParentRoute: () => entrance,
  path: paths.signIn,
  // Said to be undefined, since what is left out would stay as it came.
  validateSearch: (search): { next?: string | undefined } => {
    const next = safeNext(search.next)
    return { next: next === paths.home ? undefined : next }
  },
  beforeLoad: async ({ context, search }) => {
    const [{ member }] = await Promise.all([
      context.queryClient.ensureQueryData(sessionQuery),
      context.queryClient.prefetchQuery(providersQuery), // Else its buttons would push the others away.
    ])
    if (member !== null) throw redirect(destination(search.next ?? paths.home))
  },
  component: lazyRouteComponent(() => import('./pages/SignInPage'), 'SignInPage'),
})

const doors = [
  atTheDoor(paths.join, () => import('./pages/door/JoinPage')),
  atTheDoor(paths.reset, () => import('./pages/door/ForgottenPasswordPage')),
  atTheDoor(paths.doorVerify, () => import('./pages/door/VerifyPage')),
  atTheDoor(paths.doorSignIn, () => import('./pages/door/SignInLinkPage')),
  atTheDoor(paths.doorReset, () => import('./pages/door/NewPasswordPage')),
  atTheDoor(paths.doorInvitation, () => import('./pages/door/InvitationPage')),
  atTheDoor(paths.doorActivate, () => import('./pages/door/ActivationPage')),
  atTheDoor(paths.doorRecovery, () => import('./pages/door/RecoveryPage')),
  atTheDoor(paths.doorAddressReversal, () => import('./pages/door/AddressReversalPage')),
  atTheDoor(paths.byMail, () => import('./pages/door/ByMailPage')),
  atTheDoor(paths.doorUniversity, () => import('./pages/door/UniversityPage')),
  atTheDoor(paths.welcome, () => import('./pages/door/WelcomePage'), membersOnly),
  atTheDoor(paths.consent, () => import('./pages/door/ConsentPage'), membersOnly),
]

const home = createRoute({
  getParentRoute: () => inside,
  path: paths.home,
  validateSearch: ({ tab, write, title }): { tab?: FeedTab | undefined; write?: string; title?: string } => ({
    tab: feedTabs.find((one) => one === tab),
    ...(typeof write === 'string' && { write }),
    ...(typeof title === 'string' && { title }),
  }),
  component: lazyRouteComponent(async () => {
    void import('@/features/posts/components/HomeFeed').catch(() => {}) // Else it is asked for once the page has come.
    return import('./pages/HomePage')
  }, 'HomePage'),
  loaderDeps: ({ search }) => ({ tab: search.tab ?? 'for_you' }),
  loader: ({ context, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(feedQuery(deps.tab as FeedTab, feedOrder.get())),
})

const directory = createRoute({
  getParentRoute: () => inside,
  path: paths.directory,
  component: lazyRouteComponent(() => import('./pages/DirectoryPage'), 'Page'),
})

const person = createRoute({
  getParentRoute: () => inside,
  path: paths.person,
  validateSearch: (search): { as?: Audience | undefined } => ({ as: audiences.find((one) => one === search.as) }),
  component: lazyRouteComponent(() => import('./pages/PersonPage'), 'Page'),
})

const communities = [
  insideThe(paths.communities, () => import('./pages/communities/CommunitiesPage')),
  insideThe(paths.newCommunity, () => import('./pages/communities/NewCommunityPage')),
  insideThe(paths.joinByLink, () => import('./pages/communities/LinkPage')),
]
const community = createRoute({
  getParentRoute: () => inside,
  path: paths.community,
  component: lazyRouteComponent(() => import('./pages/communities/CommunityLayout'), 'CommunityLayout'),
})
const communityParts = [
  inCommunity('/', () => import('./pages/communities/WallPage')),
  inCommunity('/events', () => import('./pages/communities/EventsPage')),
  inCommunity('/rooms', () => import('./pages/communities/RoomsPage')),
  inCommunity('/documents', () => import('./pages/communities/DocumentsPage')),
  inCommunity('/members', () => import('./pages/communities/MembersPage')),
  inCommunity('/about', () => import('./pages/communities/AboutPage')),
  inCommunity('/moderation', () => import('./pages/communities/ModerationPage')),
  inCommunity('/settings', () => import('./pages/communities/CommunitySettingsPage')),
]

const settings = createRoute({
  getParentRoute: () => inside,
  id: 'in-settings',
  component: lazyRouteComponent(() => import('./pages/settings/SettingsLayout'), 'SettingsLayout'),
})
const settingsIndex = createRoute({
  getParentRoute: () => inside,
  path: paths.settings,
  component: lazyRouteComponent(() => import('./pages/settings/SettingsIndexPage'), 'Page'),
})
const settingsPages = [
  inSettings(paths.settingsAccount, () => import('./pages/settings/SettingsAccountPage')),
  inSettings(paths.settingsAddressConfirmation, () => import('./pages/settings/AddressConfirmationPage')),
  inSettings(paths.settingsProfile, () => import('./pages/settings/SettingsProfilePage')),
  inSettings(paths.settingsSecurity, () => import('./pages/settings/SettingsSecurityPage')),
  inSettings(paths.settingsSessions, () => import('./pages/settings/SettingsSessionsPage')),
  inSettings(paths.settingsLanguage, () => import('./pages/settings/SettingsLanguagePage')),
  inSettings(paths.settingsAppearance, () => import('./pages/settings/SettingsAppearancePage')),
  inSettings(paths.settingsMessages, () => import('./pages/settings/SettingsMessagesPage')),
  inSettings(paths.settingsNotifications, () => import('./pages/settings/SettingsNotificationsPage')),
  inSettings(paths.settingsCalendar, () => import('./pages/settings/SettingsCalendarPage')),
  inSettings(paths.settingsInterests, () => import('./pages/settings/SettingsInterestsPage')),
  inSettings(paths.settingsReports, () => import('./pages/settings/SettingsReportsPage')),
  inSettings(paths.settingsData, () => import('./pages/settings/SettingsDataPage')),
]

/** As mails of before name it. */
const formerMails = createRoute({
  getParentRoute: () => inside,
  path: '/settings/mails',
  beforeLoad: () => {
    throw redirect({ to: paths.settingsNotifications, replace: true })
  },
})

const administration = [
  inAdministration(paths.administration, () => import('./pages/admin/OverviewPage')),
  inAdministration(paths.adminPeople, () => import('./pages/admin/PeoplePage')),
  inAdministration(paths.adminNewPerson, () => import('./pages/admin/NewPersonPage')),
  inAdministration(paths.adminPerson, () => import('./pages/admin/PersonPage')),
  inAdministration(paths.adminStructure, () => import('./pages/admin/StructurePage')),
  inAdministration(paths.adminUnit, () => import('./pages/admin/UnitPage')),
  inAdministration(paths.adminProgramme, () => import('./pages/admin/ProgrammePage')),
  inAdministration(paths.adminCohort, () => import('./pages/admin/CohortPage')),
  inAdministration(paths.adminImports, () => import('./pages/admin/ImportsPage')),
  inAdministration(paths.adminImport, () => import('./pages/admin/ImportPage')),
  inAdministration(paths.adminInvitations, () => import('./pages/admin/InvitationsPage')),
  inAdministration(paths.adminOrganisation, () => import('./pages/admin/OrganisationPage')),
  inAdministration(paths.adminPages, () => import('./pages/admin/PagesPage')),
  inAdministration(paths.adminPage, () => import('./pages/admin/EditPagePage')),
  inAdministration(paths.adminReports, () => import('./pages/admin/ReportsPage')),
  inAdministration(paths.adminAnnouncements, () => import('./pages/admin/AnnouncementsPage')),
  inAdministration(paths.adminAnnouncement, () => import('./pages/admin/AnnouncementReportPage')),
  inAdministration(paths.adminAudiences, () => import('./pages/admin/AudiencesPage')),
  inAdministration(paths.adminAudit, () => import('./pages/admin/AuditPage')),
  inAdministration(paths.adminHealth, () => import('./pages/admin/HealthPage')),
]

/** For members and visitors alike. */
const openToAll = createRoute({
  getParentRoute: () => root,
  id: 'open-to-all',
  component: lazyRouteComponent(() => import('./OpenToAll'), 'OpenToAll'),
  beforeLoad: ({ context }) => context.queryClient.ensureQueryData(sessionQuery).then(() => {}),
})
const openPages = [
  toAll(paths.legal, () => import('./pages/LegalPage')),
  toAll(paths.privacy, () => import('./pages/LegalPage')),
  toAll(paths.accessibility, () => import('./pages/LegalPage')),
  toAll(paths.unsubscribe, () => import('./pages/UnsubscribePage')),
  toAll(paths.mailTray, () => import('./pages/MailTrayPage')),
  toAll(paths.mail, () => import('./pages/MailTrayPage')),
]

/** Any other address: members see it inside the shell, visitors are asked to sign in first, and neither learns what exists. */
const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFoundPage })

const ties = [
  insideThe(paths.contacts, () => import('./pages/ContactsPage')),
  insideThe(paths.mentoring, () => import('./pages/MentoringPage')),
]

const posts = [
  insideThe(paths.post, () => import('./pages/PostPage')),
  insideThe(paths.postComment, () => import('./pages/PostPage')),
  insideThe(paths.bookmarks, () => import('./pages/BookmarksPage')),
  insideThe(paths.share, () => import('./pages/SharePage')),
]

const messages = createRoute({
  getParentRoute: () => inside,
  path: paths.messages,
  component: lazyRouteComponent(() => import('./pages/messages/MessagesPage'), 'Page'),
})
const room = createRoute({
  getParentRoute: () => messages,
  path: '/$conversationId',
  validateSearch: ({ m, fil, panel }): { m?: number; fil?: number; panel?: 'details' | 'search' } => ({
    ...(Number(m) > 0 && { m: Number(m) }),
    ...(Number(fil) > 0 && { fil: Number(fil) }),
    ...((panel === 'details' || panel === 'search') && { panel }),
  }),
  component: lazyRouteComponent(() => import('./pages/messages/RoomPage'), 'Page'),
  staticData: {
    ask: async (cache, { params: { conversationId = '' }, search: { m } }) => {
      const { askForRoom } = await import('@/features/chat/opening')
      await askForRoom(cache, conversationId, m === undefined ? undefined : Number(m))
    },
  },
})

const document = createRoute({
  getParentRoute: () => inside,
  path: paths.document,
  validateSearch: ({ fil }): { fil?: string } => (typeof fil === 'string' ? { fil } : {}),
  component: lazyRouteComponent(() => import('./pages/documents/DocumentPage'), 'Page'),
})

const documents = [
  document,
  insideThe(paths.documents, () => import('./pages/documents/DocumentsPage')),
  insideThe(paths.documentsShared, () => import('./pages/documents/SharedPage')),
  insideThe(paths.documentsTrash, () => import('./pages/documents/TrashPage')),
]
const folder = createRoute({
  getParentRoute: () => inside,
  path: paths.folder,
  validateSearch: viewOf,
  component: lazyRouteComponent(() => import('./pages/documents/FolderPage'), 'Page'),
})

const sharedByLink = createRoute({
  getParentRoute: () => root,
  path: paths.sharedByLink,
  component: lazyRouteComponent(() => import('./pages/documents/ByLinkPage'), 'Page'),
})

const agenda = insideThe(paths.agenda, () => import('./pages/AgendaPage'))
const searchPage = insideThe(paths.search, () => import('./pages/SearchPage'))
const notifications = insideThe(paths.notifications, () => import('./pages/NotificationsPage'))

const pages = [home, directory, person, agenda, searchPage, notifications, ...ties, ...communities, ...posts, elsewhere]
if (import.meta.env.MODE !== 'production') {
  // The board of components, to look at.
  const kitchen = createRoute({
    getParentRoute: () => inside,
    path: paths.kitchen,
    component: lazyRouteComponent(() => import('./kitchen/KitchenPage'), 'KitchenPage'),
  })
  pages.push(kitchen as never)
}

const routeTree = root.addChildren([
  entrance.addChildren([signIn, ...doors]),
  openToAll.addChildren(openPages),
  sharedByLink,
  inside.addChildren([
    ...pages,
    ...administration,
    settingsIndex,
    settings.addChildren(settingsPages),
    formerMails,
    community.addChildren(communityParts),
    messages.addChildren([room]),
    ...documents,
    folder,
  ]),
])

/** A page before the shell, by its address. */
function atTheDoor<const Path extends string>(
  path: Path,
  page: () => Promise<{ Page: () => ReactNode }>,
  beforeLoad: typeof membersOnly | (() => void) = () => {},
) {
  return createRoute({ getParentRoute: () => entrance, path, beforeLoad, component: lazyRouteComponent(page, 'Page') })
}

/** A page of the shell, by its address. */
function insideThe<const Path extends string>(path: Path, page: () => Promise<{ Page: () => ReactNode }>) {
  return createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(page, 'Page') })
}

/** A part of a community, by its address there. */
function inCommunity<const Path extends string>(path: Path, page: () => Promise<{ Page: () => ReactNode }>) {
  return createRoute({ getParentRoute: () => community, path, component: lazyRouteComponent(page, 'Page') })
}

/** A page of the settings, by its address. */
function inSettings<const Path extends string>(path: Path, page: () => Promise<{ Page: () => ReactNode }>) {
  return createRoute({ getParentRoute: () => settings, path, component: lazyRouteComponent(page, 'Page') })
}

/** A page of the administration, by its address; it tells by itself who may open it. */
function inAdministration<const Path extends string>(path: Path, page: () => Promise<{ Page: () => ReactNode }>) {
  return createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(page, 'Page') })
}

/** A page for members and visitors alike, by its address. */
function toAll<const Path extends string>(path: Path, page: () => Promise<{ Page: () => ReactNode }>) {
  return createRoute({ getParentRoute: () => openToAll, path, component: lazyRouteComponent(page, 'Page') })
}

/** The others are asked to sign in, and come back to where they were going. */
async function membersOnly({ context, location }: { context: Context; location: ParsedLocation }) {
  const { member } = await context.queryClient.ensureQueryData(sessionQuery)
  if (member !== null) return
  throw redirect({ to: paths.signIn, search: location.href === paths.home ? {} : { next: location.href } })
}

/** One of our addresses, which `safeNext` has checked, as the router wants it. */
function destination(address: string) {
  const { pathname, search, hash } = new URL(address, window.location.origin)
  return { to: pathname as string, search: parseSearch(search) as never, hash: hash.slice(1) }
}

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    defaultPendingComponent: WaitingPage,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0, // The skeleton has its own patience; nothing keeps a ready page waiting.
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

/** What shows this address is fetched while it is asked who is here, and not only once that is answered; and what it shows
 * while that is on its way. */
export function fetchPages(router: ReturnType<typeof createAppRouter>, cache: QueryClient) {
  if (window.document.documentElement.dataset.boot !== 'inside') return
  const routes = router.routesById as Record<string, AnyRoute>
  for (const match of router.matchRoutes(router.latestLocation)) {
    const route = routes[match.routeId]
    if (!route) continue
    // They are asked for again, and it is said then.
    void router.loadRouteChunk(route)?.catch(() => {})
    void askFor(route, match, cache).catch(() => {})
  }
}

async function askFor({ options }: AnyRoute, match: Match, cache: QueryClient) {
  const { member } = await cache.ensureQueryData(sessionQuery)
  if (member !== null) await options.staticData?.ask?.(cache, match)
}

interface Match {
  params: Record<string, string>
  search: Record<string, unknown>
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Asks for what the page shows, before it is there to ask. */
    ask?: (cache: QueryClient, match: Match) => Promise<void>
  }
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
