/** What another application of the device shared to this one, as the worker put it aside (`worker/sw.ts`). */
export interface Shared {
  /** Words and addresses, once each. */
  text: string
  title: string
  files: readonly File[]
}

const SHARED = 'parvis.shared'

/** Undefined when nothing was shared, or it was taken already. */
export async function readShared(): Promise<Shared | undefined> {
  if (!('caches' in window)) return undefined
  const cache = await caches.open(SHARED)
  const words = await (await cache.match('/shared'))?.json()
  if (words === undefined) return undefined
  const files: File[] = []
  for (let index = 0; index < Number(words.files); index++) {
    const kept = await cache.match(`/shared/${index}`)
    if (kept === undefined) continue
    const bytes = await kept.blob()
    files.push(new File([bytes], decodeURIComponent(kept.headers.get('x-name') ?? ''), { type: bytes.type }))
  }
  const parts = [words.text, words.url].map((one) => String(one ?? '').trim()).filter(Boolean)
  const text = parts.filter((one, index) => !parts.some((other, at) => at < index && other.includes(one))).join('\n\n')
  return { text, title: String(words.title ?? '').slice(0, 200), files }
}

export async function forgetShared() {
  try {
    await caches.delete(SHARED)
  } catch {
    // Nothing was kept.
  }
}
