/// <reference lib="webworker" />
import { served } from './shell'

declare const self: ServiceWorkerGlobalScope
/** What the application is made of, by the build: the same list is the same version. */
declare const __VERSION__: string
declare const __FILES__: readonly string[]
/** Of these, what no screen can do without. */
declare const __FIRST__: readonly string[]

const PREFIX = 'parvis.shell.'
const CACHE = PREFIX + __VERSION__
const PAGE = '/'
/** Where what is shared from another application arrives, and waits for the page that takes it. */
const SHARE = '/share'
const SHARED = 'parvis.shared'
/** A network that is slower than this is none: the page that is kept here comes at once. */
const PATIENCE = 4_000
const AT_ONCE = 6

self.addEventListener('install', (event) => event.waitUntil(keepFirst()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('message', (event) => {
  if (event.data === 'take over') void self.skipWaiting()
  else if (event.data === 'keep all') event.waitUntil(keep(__FILES__))
  else if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep.filter(isAsset)))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && url.pathname === SHARE) event.respondWith(takeShared(request))
  else if (request.method !== 'GET') return
  else if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(event))
  else if (FILES.has(url.pathname) || isAsset(url.pathname)) event.respondWith(file(request))
})

const FILES = new Set(__FILES__)
const isPage = (path: string) =>
  !/^\/(api|health)\/|^\/metrics$/.test(path) && !path.slice(path.lastIndexOf('/')).includes('.')

const isAsset = (path: unknown): path is string => typeof path === 'string' && path.startsWith('/assets/')

/** The rest comes as it is opened, and all of it once a page has stood for a while: see `application.ts`. */
async function keepFirst() {
  await keep(__FIRST__)
  const cache = await caches.open(CACHE)
  await cache.put(PAGE, await fetch(PAGE, { cache: 'no-store', credentials: 'omit' }))
}

/** Files of the last version that are the same are not fetched again. */
async function keep(paths: readonly string[]) {
  const cache = await caches.open(CACHE)
  const waiting = [...paths]
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (await cache.match(path)) continue
      const known = isAsset(path) ? await caches.match(path) : undefined
      const response = known ?? (await fetch(path, { cache: isAsset(path) ? 'default' : 'reload' }))
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      await cache.put(path, response)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** The version before stays, for tabs that were opened with it. */
async function takeOver() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)))
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

/** The server's own page where it answers in time, with its own nonce; else the kept one, with a new one. */
async function page(event: FetchEvent): Promise<Response> {
  const fresh = Promise.resolve(event.preloadResponse).then(
    (preloaded: Response | undefined) => preloaded ?? fetch(event.request),
  )
  fresh.catch(() => {}) // It may be refused after the kept one was served.
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE))
  const answered = await Promise.race([fresh, late]).catch(() => undefined)
  return answered ?? (await kept()) ?? fresh
}

async function kept(): Promise<Response | undefined> {
  const found = await (await caches.open(CACHE)).match(PAGE)
  return found && served(found)
}

/** Files under names made of their content never change. */
async function file(request: Request): Promise<Response> {
  const found = await caches.match(request, { ignoreVary: true })
  if (found) return found
  const response = await fetch(request)
  if (response.ok && isAsset(new URL(request.url).pathname)) {
    const copy = response.clone()
    void caches.open(CACHE).then((cache) => cache.put(request, copy))
  }
  return response
}

/** Nothing leaves: who is signed in takes it into a draft. Each share takes the place of the one before. */
async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData()
  await caches.delete(SHARED)
  const cache = await caches.open(SHARED)
  const text = (name: string) => String(form.get(name) ?? '')
  const files = form.getAll('files').filter((one): one is File => one instanceof File && one.size > 0)
  const words = { title: text('title'), text: text('text'), url: text('url'), files: files.length }
  for (const [index, one] of files.entries()) {
    const headers = { 'content-type': one.type || 'application/octet-stream', 'x-name': encodeURIComponent(one.name) }
    await cache.put(`/shared/${index}`, new Response(one, { headers }))
  }
  await cache.put('/shared', Response.json({ ...words, at: Date.now() }))
  return Response.redirect(SHARE, 303)
}

interface Pushed {
  title: string
  body: string
  to: string
  tag: string
}

self.addEventListener('push', (event) => {
  const pushed = event.data?.json() as Pushed | undefined
  if (pushed === undefined) return
  const { title, body, to, tag } = pushed
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      icon: '/icons/icon-192.png',
      badge: '/icons/badge-96.png',
      data: to,
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(goTo(String(event.notification.data ?? '/notifications')))
})

/** In a window that is open, where what is being written stays; else in a new one. Only within Parvis. */
async function goTo(asked: string) {
  const url = new URL(asked, self.location.origin)
  if (url.origin !== self.location.origin) return
  const to = url.pathname + url.search + url.hash
  const windows = await self.clients.matchAll({ type: 'window' })
  const open = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0]
  if (open === undefined) return void (await self.clients.openWindow(to))
  await open.focus()
  open.postMessage({ go: to })
}
