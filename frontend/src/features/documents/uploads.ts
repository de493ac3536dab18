import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { answer, api } from '@/api/client'
import { isProblem, messageOf } from '@/api/problem'
import { abandon, sendResumably } from '@/entities/file/resumable'
import { useMember } from '@/entities/session/queries'
import { beginUploading, uploadsKey } from '@/lib/uploading'
import { forgetWriting, keepWriting, readWriting } from '@/lib/writing'
import type { Chosen, Dropped } from './dropped'
import { saysWhere } from './position'
import { DOCUMENTS, within } from './queries'

/**
 * - `waiting`, `sending`, `paused`: as they say. `lost`: the page was closed meanwhile, and the file must be chosen again.
 * - `located`: a picture says where it was taken; `taken`: its name is. Both wait for an answer, and hold up nothing else.
 */
export type Stage = 'waiting' | 'located' | 'sending' | 'paused' | 'taken' | 'filing' | 'done' | 'failed' | 'lost'
export type WhenTaken = 'version' | 'rename' | 'skip'
export type WithPosition = 'keep' | 'remove' | 'skip'

export interface Item {
  key: string
  name: string
  size: number
  modified: number
  /** Where it goes: below this folder, in those of the path, which are made when they lack. */
  folderId: string | null
  path: readonly string[]
  stage: Stage
  /** From 0 to 1. */
  sent: number
  failure?: string
  /** Where the server keeps what it has of it. */
  address?: string
  /** Once it is all there. */
  fileId?: string
  documentId?: string
  /** The document whose new version it is. */
  versionOf?: string
}

export const AT_ONCE = 3
const KEEP_EVERY = 1_000
const OPEN = new Set<Stage>(['waiting', 'located', 'sending', 'paused', 'taken', 'filing', 'failed', 'lost'])

/** Sends what is chosen, three at a time; one for each member who is signed in on this page. */
export class Uploads {
  #items: readonly Item[] = []
  #files = new Map<string, File>()
  #stops = new Map<string, AbortController>()
  #folders = new Map<string, Promise<string>>()
  #positions = new Map<string, WithPosition>()
  #names = new Map<string, WhenTaken>()
  #forAll: { position?: WithPosition; name?: WhenTaken } = {}
  #listeners = new Set<() => void>()
  #kept = 0

  #cache: QueryClient
  #memberId: string

  constructor(cache: QueryClient, memberId: string) {
    this.#cache = cache
    this.#memberId = memberId
    this.#items = (readWriting<Item[]>(uploadsKey(memberId)) ?? []).map((item) => ({ ...item, stage: 'lost' }))
    window.addEventListener('online', this.#retryUnreached)
    window.addEventListener('pagehide', () => this.#keep())
  }

  get items() {
    return this.#items
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Puts them in the queue; empty folders are made at once. */
  add(folderId: string, { files, empty }: Dropped) {
    beginUploading()
    if (!this.#items.some(({ stage }) => OPEN.has(stage))) this.#begin()
    const again = files.filter((chosen) => !this.#recognise(folderId, chosen))
    this.#become([...this.#items, ...again.map((chosen) => this.#itemOf(folderId, chosen))])
    for (const path of empty) {
      void this.#folder(folderId, path)
        .then((id) => this.#changed(id))
        .catch(() => {})
    }
    this.#work()
  }

  /** A new version of a document, whatever the file is called. */
  addVersion(documentId: string, folderId: string | null, file: File) {
    beginUploading()
    const item = { ...this.#itemOf(folderId, { file, path: [] }), versionOf: documentId }
    this.#become([...this.#items, item])
    this.#work()
  }

  pause = (key: string) => {
    this.#set(key, { stage: 'paused' })
    this.#stops.get(key)?.abort()
  }
  /** Goes on, from what the server has; what failed is tried again. */
  resume = (key: string) => {
    const { failure: _, ...item } = this.#find(key) ?? {}
    if (!('stage' in item)) return
    this.#become(this.#items.map((one) => (one.key === key ? ({ ...item, stage: 'waiting' } as Item) : one)))
    this.#work()
  }
  cancel = (key: string) => {
    const item = this.#find(key)
    this.#become(this.#items.filter((one) => one.key !== key))
    this.#stops.get(key)?.abort()
    if (item) void this.#drop(item)
    this.#work()
  }
  /** Files that were chosen again, for those that were lost with an earlier page. */
  giveAgain = (files: Iterable<File>) => {
    for (const file of files) this.#recognise(undefined, { file, path: [] })
    this.#work()
  }
  answerPosition = (key: string, position: WithPosition, forAll: boolean) => {
    if (forAll) this.#forAll.position = position
    const keys = forAll ? this.#keysAt('located') : [key]
    for (const one of keys) {
      if (position === 'skip') this.cancel(one)
      else {
        this.#positions.set(one, position)
        this.#set(one, { stage: 'waiting' })
      }
    }
    this.#work()
  }
  answerTaken = (key: string, name: WhenTaken, forAll: boolean) => {
    if (forAll) this.#forAll.name = name
    const keys = forAll ? this.#keysAt('taken') : [key]
    for (const one of keys) {
      if (name === 'skip') this.cancel(one)
      else {
        this.#names.set(one, name)
        this.#set(one, { stage: 'waiting' })
      }
    }
    this.#work()
  }
  /** What is done leaves the tray. */
  clear = () => this.#become(this.#items.filter(({ stage }) => stage !== 'done'))

  #begin() {
    this.#forAll = {}
    this.#folders.clear()
    this.clear()
  }

  #itemOf(folderId: string | null, { file, path }: Chosen): Item {
    const key = crypto.randomUUID()
    this.#files.set(key, file)
    const { name, size, lastModified: modified } = file
    return { key, name, size, modified, folderId, path, stage: 'waiting', sent: 0 }
  }

  /** One that was lost with an earlier page, and is chosen again: it goes on where it was. */
  #recognise(folderId: string | undefined, { file }: Chosen): boolean {
    const item = this.#items.find(
      (one) =>
        one.stage === 'lost' &&
        one.name === file.name &&
        one.size === file.size &&
        one.modified === file.lastModified &&
        (folderId === undefined || folderId === one.folderId),
    )
    if (item === undefined) return false
    this.#files.set(item.key, file)
    this.#set(item.key, { stage: 'waiting' })
    return true
  }

  #work() {
    const busy = this.#items.filter(({ stage }) => stage === 'sending' || stage === 'filing').length
    for (const { key } of this.#items
      .filter(({ stage }) => stage === 'waiting')
      .slice(0, Math.max(0, AT_ONCE - busy))) {
      void this.#send(key)
    }
  }

  async #send(key: string) {
    const item = this.#find(key)
    const file = this.#files.get(key)
    if (item === undefined) return
    if (file === undefined && item.fileId === undefined) return this.#set(key, { stage: 'lost' })
    this.#set(key, { stage: 'sending' })
    const stop = new AbortController()
    this.#stops.set(key, stop)
    try {
      if (file && !(await this.#knowsPosition(key, file))) return
      const folderId = item.folderId && (await this.#folder(item.folderId, item.path))
      const fileId = item.fileId ?? (await this.#sendBytes(item, file as File, folderId, stop.signal))
      if (stop.signal.aborted) return
      this.#set(key, { stage: 'filing', sent: 1, fileId })
      await this.#file(item, folderId, fileId)
    } catch (error) {
      if (!stop.signal.aborted) this.#fail(key, error)
    } finally {
      this.#stops.delete(key)
      this.#work()
    }
  }

  async #knowsPosition(key: string, file: File): Promise<boolean> {
    const said = this.#positions.get(key) ?? this.#forAll.position
    if (said === 'skip') {
      this.cancel(key)
      return false
    }
    if (said !== undefined || !(await saysWhere(file))) return true
    this.#set(key, { stage: 'located' })
    return false
  }

  async #sendBytes({ key, address }: Item, file: File, folderId: string | null, signal: AbortSignal): Promise<string> {
    const kept = await sendResumably(file, {
      ...(folderId !== null && { destination: `folder:${folderId}` }),
      signal,
      address,
      onProgress: (sent) => this.#set(key, { sent }),
      onAddress: (at) => this.#set(key, { address: at }),
    })
    const position = this.#positions.get(key) ?? this.#forAll.position
    if (position === 'remove' && (await saysWhere(file))) {
      await answer(api.PUT('/api/v1/files/{file_id}/without-position', { params: { path: { file_id: kept.id } } }))
    }
    return kept.id
  }

  /** Makes a document of what was sent, or a version of the one that has its name. */
  async #file({ key, name, versionOf }: Item, folderId: string | null, fileId: string) {
    if (versionOf !== undefined) {
      const params = { path: { document_id: versionOf } }
      const { version } = await answer(api.GET('/api/v1/documents/{document_id}', { params }))
      await answer(
        api.POST('/api/v1/documents/{document_id}/versions', {
          params,
          body: { file_id: fileId, label: '' },
          headers: { 'idempotency-key': key, 'if-match': `"${version}"` },
        }),
      )
      return this.#done(key, folderId, versionOf)
    }
    if (folderId === null) return
    const said = this.#names.get(key) ?? this.#forAll.name
    if (said === 'skip') return this.cancel(key)
    try {
      const { id } = await answer(
        api.POST('/api/v1/folders/{folder_id}/documents', {
          params: { path: { folder_id: folderId } },
          body: { file_id: fileId, name, if_exists: said ?? 'refuse' },
          headers: { 'idempotency-key': `${key}.${said ?? 'refuse'}` },
        }),
      )
      this.#done(key, folderId, id)
    } catch (error) {
      if (!isProblem(error, 'name_taken')) throw error
      this.#set(key, { stage: 'taken' })
    }
  }

  #done(key: string, folderId: string | null, documentId: string) {
    this.#files.delete(key)
    this.#set(key, { stage: 'done', documentId })
    if (folderId !== null) this.#changed(folderId)
    void this.#cache.invalidateQueries({ queryKey: [...DOCUMENTS, 'one', documentId] })
  }

  #changed(folderId: string) {
    void this.#cache.invalidateQueries({ queryKey: within(folderId) })
    void this.#cache.invalidateQueries({ queryKey: [...DOCUMENTS, 'recent'] })
  }

  #fail(key: string, error: unknown) {
    this.#set(key, { stage: 'failed', failure: messageOf(error) })
  }

  /** The folder of a path, made where it lacks; asked for once by all the files below it. */
  #folder(parentId: string, path: readonly string[]): Promise<string> {
    const [name, ...rest] = path
    if (name === undefined) return Promise.resolve(parentId)
    const key = `${parentId}/${name}`
    const folder = this.#folders.get(key) ?? this.#makeFolder(parentId, name)
    this.#folders.set(key, folder)
    folder.catch(() => this.#folders.delete(key))
    return folder.then((id) => this.#folder(id, rest))
  }

  async #makeFolder(parentId: string, name: string): Promise<string> {
    const params = { path: { folder_id: parentId } }
    try {
      const headers = { 'idempotency-key': crypto.randomUUID() }
      return (await answer(api.POST('/api/v1/folders/{folder_id}/folders', { params, body: { name }, headers }))).id
    } catch (error) {
      if (!isProblem(error, 'name_taken')) throw error
      const id = await folderNamed(parentId, name)
      if (id === undefined) throw error
      return id
    } finally {
      this.#changed(parentId)
    }
  }

  async #drop({ key, address, fileId }: Item) {
    this.#files.delete(key)
    if (fileId !== undefined) {
      await answer(api.DELETE('/api/v1/files/{file_id}', { params: { path: { file_id: fileId } } })).catch(() => {})
    } else if (address !== undefined) await abandon(address)
  }

  #retryUnreached = () => {
    for (const { key, stage, address } of this.#items) {
      if (stage === 'failed' && address !== undefined) this.resume(key)
    }
  }

  #keysAt = (stage: Stage) => this.#items.filter((one) => one.stage === stage).map(({ key }) => key)
  #find = (key: string) => this.#items.find((one) => one.key === key)
  #set(key: string, more: Partial<Item>) {
    this.#become(this.#items.map((one) => (one.key === key ? { ...one, ...more } : one)))
  }

  #become(items: readonly Item[]) {
    this.#items = items
    if (Date.now() - this.#kept > KEEP_EVERY || items.every(({ stage }) => stage === 'done')) this.#keep()
    for (const listener of this.#listeners) listener()
  }

  /** What an earlier page began to send can be gone on with; the rest it has to be given again whole. */
  #keep() {
    this.#kept = Date.now()
    const open = this.#items.filter(({ stage, address, fileId }) => OPEN.has(stage) && (address ?? fileId))
    if (open.length > 0) keepWriting(uploadsKey(this.#memberId), open)
    else forgetWriting(uploadsKey(this.#memberId))
  }
}

async function folderNamed(parentId: string, name: string): Promise<string | undefined> {
  const sought = folded(name)
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await answer(
      api.GET('/api/v1/folders/{folder_id}/folders', {
        params: { path: { folder_id: parentId }, query: { limit: 100, cursor } },
      }),
    )
    const found = items.find((one) => folded(one.name) === sought)
    if (found || next === null) return found?.id
    cursor = next
  }
}

const folded = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

const all = new WeakMap<QueryClient, Map<string, Uploads>>()

export function uploadsOf(cache: QueryClient, memberId: string): Uploads {
  const ofCache = all.get(cache) ?? new Map<string, Uploads>()
  all.set(cache, ofCache)
  const held = ofCache.get(memberId) ?? new Uploads(cache, memberId)
  ofCache.set(memberId, held)
  return held
}

/** What this member is sending, and how to send more. */
export function useUploads(): Uploads {
  return uploadsOf(useQueryClient(), useMember().id)
}

export function useUploadItems(uploads: Uploads): readonly Item[] {
  return useSyncExternalStore(uploads.subscribe, () => uploads.items)
}
