import { useSyncExternalStore } from 'react'

/**
 * What this browser keeps of the application (`worker/sw.ts`), and its next version when one is ready. Nothing is taken
 * over by itself: who is here says when.
 */
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()
const LOOK_EVERY = 60 * 60_000
/** A page that stands so long is one of somebody who stays: then the screens that he has not opened are kept too. */
const STAYS_AFTER = 60_000

export const useNewVersion = () => useSyncExternalStore(subscribe, () => waiting !== undefined)

/** Keeps it for next time, also without a network; looks now and then for the version that comes. */
export async function keepApplication() {
  const worker = navigator.serviceWorker
  if (worker === undefined) return
  const registration = await worker.register('/sw.js', { updateViaCache: 'none' })
  const look = () => {
    // The first one that a browser keeps is no new version of anything.
    const next = worker.controller === null ? undefined : (registration.waiting ?? undefined)
    if (next === waiting) return
    waiting = next
    for (const listener of listeners) listener()
  }
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  look()
  void keepScreens(worker)
  const ask = () => void registration.update().catch(() => {})
  setInterval(ask, LOOK_EVERY)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask())
}

/** What this page loaded before anybody kept it, and in time all there is, unless one saves data. */
async function keepScreens(worker: ServiceWorkerContainer) {
  const { active } = await worker.ready
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  active?.postMessage({ keep: loaded.filter(({ origin }) => origin === location.origin).map((url) => url.pathname) })
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } }
  if (!connection?.saveData) setTimeout(() => active?.postMessage('keep all'), STAYS_AFTER)
}

/** The next version is here after the page was loaded anew. */
export function takeNewVersion() {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  waiting?.postMessage('take over')
}

/** Calls back when a notification was chosen that leads somewhere in Parvis; gives how to stop. */
export function onAskedFor(go: (href: string) => void) {
  const worker = navigator.serviceWorker
  if (worker === undefined) return () => {}
  const hear = ({ data }: MessageEvent<{ go?: unknown }>) => {
    if (typeof data?.go === 'string' && /^\/(?!\/)/.test(data.go)) go(data.go)
  }
  worker.addEventListener('message', hear)
  return () => worker.removeEventListener('message', hear)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** What browsers offer to who may put the application among the others of his device. */
interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>
}
let offered: InstallPrompt | undefined
window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault() // It is offered where one looks for it, and not over what one reads.
  offered = event as InstallPrompt
  for (const listener of listeners) listener()
})
window.addEventListener('appinstalled', () => {
  offered = undefined
  for (const listener of listeners) listener()
})

/** How to install it, where the browser lets one. */
export const useInstall = () => {
  const may = useSyncExternalStore(subscribe, () => offered !== undefined)
  return may ? () => void offered?.prompt() : undefined
}

/** Whether it runs as an application of the device already. */
export const isInstalled = () => window.matchMedia?.('(display-mode: standalone)').matches ?? false
