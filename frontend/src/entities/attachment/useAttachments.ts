import { useCallback, useEffect, useRef, useState } from 'react'
import { answer, api } from '@/api/client'
import { upload } from '../file/upload'
import type { AttachedDraft, ChosenDocument, Item, OfferedFile, Picture, ReferredDocument, ShownImage } from './types'

const MOST = 10
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp'])

export interface Attachments {
  items: readonly Item[]
  /** More was chosen than may be. */
  tooMany: boolean
  /** What is missing is said once somebody wanted to publish. */
  judged: boolean
  add: (files: Iterable<File>, asFiles?: boolean) => void
  /** Refers to something in Documents. */
  refer: (document: ChosenDocument) => void
  remove: (key: string) => void
  moveForward: (key: string) => void
  describe: (key: string, said: Partial<Pick<Item, 'alt' | 'decorative'>>) => void
  /** Whether all is sent and described; what is not is said from then on. */
  check: () => boolean
  draft: () => AttachedDraft
  /** The same, when it is not what was shown before. */
  changes: () => Partial<AttachedDraft>
  clear: () => void
}

/** What is attached to something being written: sent as it is chosen, described meanwhile. */
export function useAttachments(shown: Shown = NONE): Attachments {
  const [before] = useState(() => itemsOf(shown))
  const [items, setItems] = useState<readonly Item[]>(before)
  const [tooMany, setTooMany] = useState(false)
  const [judged, setJudged] = useState(false)
  const stops = useRef(new Map<string, AbortController>())
  useEffect(() => () => stopAll(stops.current), [])

  const change = useCallback(
    (key: string, said: Partial<Item>) =>
      setItems((now) => now.map((item) => (item.key === key ? { ...item, ...said } : item))),
    [],
  )
  const send = async (item: Item, file: File) => {
    const stop = new AbortController()
    stops.current.set(item.key, stop)
    try {
      const kept = await upload(file, { signal: stop.signal, onProgress: (sent) => change(item.key, { sent }) })
      change(item.key, { sent: 1 })
      const picture = item.isImage ? await makePicture(kept.id) : undefined
      change(item.key, { id: kept.id, name: kept.name, ready: true, ...(picture && { picture }) })
    } catch (failure) {
      change(item.key, { failure })
    }
    stops.current.delete(item.key)
  }
  const add = (files: Iterable<File>, asFiles = false) => {
    const all = [...files].map((file) => ({ file, item: begin(file, asFiles) }))
    const fitting = all.filter(({ item }, index) => {
      const alike = (other: Item) => other.isImage === item.isImage && !isDocument(other)
      const before = all.slice(0, index).filter((one) => alike(one.item)).length
      return items.filter(alike).length + before < MOST
    })
    setTooMany(fitting.length < all.length)
    setItems((now) => [...now, ...fitting.map(({ item }) => item)])
    for (const { item, file } of fitting) void send(item, file)
  }
  const refer = (document: ChosenDocument) => {
    if (items.some(({ id }) => id === document.id)) return
    const fits = items.filter(isDocument).length < MOST
    setTooMany(!fits)
    if (fits) setItems((now) => [...now, referring(document)])
  }
  const remove = (key: string) => {
    stops.current.get(key)?.abort()
    setTooMany(false)
    setItems((now) => now.filter((item) => item.key !== key))
  }
  const clear = () => {
    stopAll(stops.current)
    setItems([])
    setJudged(false)
    setTooMany(false)
  }
  return {
    items,
    tooMany,
    judged,
    add,
    refer,
    remove,
    moveForward: (key) => setItems((now) => forward(now, key)),
    describe: change,
    check: () => {
      setJudged(true)
      return items.every((item) => item.ready && !lacksWords(item))
    },
    draft: () => draftOf(items),
    changes: () => changesOf(before, items),
    clear,
  }
}

/** Whether a picture still has to be described. */
export const lacksWords = ({ isImage, alt, decorative }: Item) => isImage && !decorative && alt.trim() === ''

interface Shown {
  images?: ShownImage[]
  files?: OfferedFile[]
  documents?: ReferredDocument[]
}

const NONE = {}
const isDocument = ({ group }: Item) => group !== undefined
let number = 0

const begin = (file: File, asFile: boolean): Item => ({
  key: `chosen ${++number}`,
  id: '',
  name: file.name,
  size: file.size,
  isImage: !asFile && PICTURES.has(file.type),
  sent: 0,
  ready: false,
  alt: '',
  decorative: false,
})

const itemsOf = ({ images = [], files = [], documents = [] }: Shown): Item[] => [
  ...images.map((image, index) => ({
    ...DONE,
    key: image.id,
    id: image.id,
    name: String(index + 1),
    size: 0,
    isImage: true,
    picture: image,
    alt: image.alt,
    decorative: image.alt === '',
  })),
  ...files.map(({ id, name, size }) => ({ ...DONE, ...FILE, key: id, id, name, size })),
  ...documents.flatMap(({ id, name, size, group }) =>
    id === null ? [] : [referring({ id, name: name ?? '', size: size ?? 0, group: group ?? 'other' })],
  ),
]

const referring = ({ id, name, size, group }: ChosenDocument): Item => ({
  ...DONE,
  ...FILE,
  key: `document ${id}`,
  id,
  name,
  size,
  group,
})
const DONE = { sent: 1, ready: true }
const FILE = { isImage: false, alt: '', decorative: false }

const makePicture = (id: string): Promise<Picture> =>
  answer(api.PUT('/api/v1/files/{file_id}/picture', { params: { path: { file_id: id } } }))

const draftOf = (items: readonly Item[]): AttachedDraft => {
  const document_ids = documentsOf(items)
  return { ...filesOf(items), ...(document_ids.length > 0 && { document_ids }) }
}

/** Documents that nobody touched are not spoken of: some may be locked to who edits. */
function changesOf(before: readonly Item[], items: readonly Item[]): Partial<AttachedDraft> {
  const document_ids = documentsOf(items)
  return {
    ...(!isSame(filesOf(before), filesOf(items)) && filesOf(items)),
    ...(!isSame(documentsOf(before), document_ids) && { document_ids }),
  }
}

/** What it refers to alone. */
export const referredIn = ({ document_ids }: Partial<AttachedDraft>) => ({ ...(document_ids && { document_ids }) })

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
const documentsOf = (items: readonly Item[]) => items.filter(isDocument).map(({ id }) => id)
const filesOf = (items: readonly Item[]) => ({
  images: items
    .filter((item) => item.isImage)
    .map(({ id, alt, decorative }) => ({ id, alt: decorative ? '' : alt.trim(), decorative })),
  files: items.filter((item) => !item.isImage && !isDocument(item)).map(({ id }) => id),
})

const kindOf = (item: Item) => (isDocument(item) ? 'document' : item.isImage ? 'image' : 'file')

/** Changes places with the one of its kind before it. */
function forward(items: readonly Item[], key: string): readonly Item[] {
  const at = items.findIndex((item) => item.key === key)
  const moved = items[at]
  const before = items.findLastIndex((item, index) => index < at && moved && kindOf(item) === kindOf(moved))
  const other = items[before]
  if (!moved || !other) return items
  return items.with(before, moved).with(at, other)
}

function stopAll(stops: Map<string, AbortController>) {
  for (const stop of stops.values()) stop.abort()
  stops.clear()
}
