import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, type RenderResult, render } from '@testing-library/react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { theme } from '@/app/theme/mantine'

interface Rendered extends Omit<RenderResult, 'rerender'> {
  rerender: (ui: ReactNode) => void
  queryClient: QueryClient
  /** Where the person is now. */
  location: () => string
}

/** Shows a component as the application would: theme, cache and router around it, at the address `at`. */
export async function renderWithProviders(ui: ReactNode, { at = '/' }: { at?: string } = {}): Promise<Rendered> {
  const shown = observable(ui)
  const queryClient = testQueryClient()
  const root = createRootRoute()
  const Shown = () => useSyncExternalStore(shown.subscribe, shown.get)
  const router = createRouter({
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/', component: Shown }),
      createRoute({ getParentRoute: () => root, path: '/$', component: Shown }),
    ]),
    history: createMemoryHistory({ initialEntries: [at] }),
  })
  await router.load()
  const result = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return {
    ...result,
    rerender: (next) => act(() => shown.set(next)),
    queryClient,
    location: () => router.state.location.href,
  }
}

/** A cache without retries, so that an error shows at once. */
export function testQueryClient(): QueryClient {
  return new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } })
}

function observable(first: ReactNode) {
  let current = first
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set: (next: ReactNode) => {
      current = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
