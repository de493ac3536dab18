import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  defaultParseSearch,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { sessionQuery } from '@/entities/session/queries'
import { safeNext } from '@/lib/next'
import { CrashPage } from './CrashPage'
import { EntranceLayout } from './EntranceLayout'
import { NotFoundPage } from './NotFoundPage'
import { paths } from './paths'
import { SignedInOnly } from './SignedInOnly'
import { WaitingPage } from './WaitingPage'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFoundPage,
})

/** Before the shell: sign-in and all that leads to it. */
const entrance = createRoute({ getParentRoute: () => root, id: 'entrance', component: EntranceLayout })

/** Inside: for members only. The others are asked to sign in, and come back to where they were going. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: SignedInOnly,
  beforeLoad: async ({ context, location }) => {
    const { member } = await context.queryClient.ensureQueryData(sessionQuery)
    if (member !== null) return
    throw redirect({ to: paths.signIn, search: location.href === paths.home ? {} : { next: location.href } })
  },
})

const signIn = createRoute({
  getParentRoute: () => entrance,
  path: paths.signIn,
  validateSearch: (search): { next?: string } => {
    const next = safeNext(search.next)
    return next === paths.home ? {} : { next }
  },
  beforeLoad: async ({ context, search }) => {
    const { member } = await context.queryClient.ensureQueryData(sessionQuery)
    if (member !== null) throw redirect(destination(search.next ?? paths.home))
  },
  component: lazyRouteComponent(() => import('./pages/SignInPage'), 'SignInPage'),
})

const home = createRoute({
  getParentRoute: () => inside,
  path: paths.home,
  component: lazyRouteComponent(() => import('./pages/HomePage'), 'HomePage'),
})

/** Any other address: members see it inside the shell, visitors are asked to sign in first, and neither learns what exists. */
const elsewhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFoundPage })

const pages = [home, elsewhere]
if (import.meta.env.MODE !== 'production') {
  // The board of components, to look at.
  const kitchen = createRoute({
    getParentRoute: () => inside,
    path: paths.kitchen,
    component: lazyRouteComponent(() => import('./kitchen/KitchenPage'), 'KitchenPage'),
  })
  pages.push(kitchen as never)
}

const routeTree = root.addChildren([entrance.addChildren([signIn]), inside.addChildren(pages)])

/** One of our addresses, which `safeNext` has checked, as the router wants it. */
function destination(address: string) {
  const { pathname, search, hash } = new URL(address, window.location.origin)
  return { to: pathname as string, search: defaultParseSearch(search) as never, hash: hash.slice(1) }
}

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: WaitingPage,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0, // The skeleton has its own patience; nothing keeps a ready page waiting.
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
