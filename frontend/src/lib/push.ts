/** Web Push in this browser: what it can, what it was allowed, and where it is pushed to. */

export type PushState = 'unsupported' | 'refused' | 'off' | 'on'

export interface PushAddress {
  endpoint: string
  p256dh: string
  auth: string
}

export async function pushState(): Promise<PushState> {
  if (!isSupported() || (await registered()) === undefined) return 'unsupported'
  if (Notification.permission === 'denied') return 'refused'
  return Notification.permission === 'granted' && (await subscription()) ? 'on' : 'off'
}

/** Asks for leave, and for an address that only this server may push to. Undefined when leave is refused. */
export async function subscribeToPush(serverKey: string): Promise<PushAddress | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return undefined
  const { pushManager } = await navigator.serviceWorker.ready
  const wanted = { userVisibleOnly: true, applicationServerKey: serverKey }
  let made = await pushManager.getSubscription()
  if (made !== null && !isFor(made, serverKey)) {
    await made.unsubscribe()
    made = null
  }
  const { endpoint, keys } = (made ?? (await pushManager.subscribe(wanted))).toJSON()
  return { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' }
}

export async function unsubscribeFromPush() {
  try {
    await (await subscription())?.unsubscribe()
  } catch {
    // The server pushes there no more, whatever the browser makes of it.
  }
}

/** Of Apple’s, which push only to what was put on the home screen. */
export const needsInstalling = () => /iPhone|iPad/.test(navigator.userAgent) && !('PushManager' in window)

const isSupported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
const registered = async () => (await navigator.serviceWorker.getRegistration()) ?? undefined
const subscription = async () => (isSupported() ? (await registered())?.pushManager.getSubscription() : undefined)

function isFor({ options }: PushSubscription, serverKey: string): boolean {
  const key = options.applicationServerKey
  if (key === null) return false
  const written = btoa(String.fromCharCode(...new Uint8Array(key)))
  return written.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === serverKey
}
