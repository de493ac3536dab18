import { makeDocument, makeFolder, makeFolderCard } from '@/testing/makeDocuments'
import { testQueryClient } from '@/testing/render'
import { documentChanged, folderChanged } from './live'
import { documentQuery, documentsQuery, folderQuery, foldersQuery, previewQuery, readersQuery } from './queries'

const page = (...items: unknown[]) => ({ pages: [{ items, next: null }], pageParams: [] })

/** What a page holds after looking around: a folder in its space, another beside it, and a search from above. */
function held() {
  const cache = testQueryClient()
  const set = (name: string, queryKey: readonly unknown[], data: unknown) => {
    cache.setQueryData(queryKey, data)
    names.set(JSON.stringify(queryKey), name)
  }
  const names = new Map<string, string>()
  const plan = makeDocument({
    id: 'plan',
    path: [
      { id: 's1', name: 'S' },
      { id: 'f1', name: 'F' },
    ],
  })
  set('space', folderQuery('s1').queryKey, makeFolder({ id: 's1', path: [] }))
  set('cards of the space', foldersQuery('s1').queryKey, page(makeFolderCard({ id: 'f1' })))
  set('files of the space', documentsQuery('s1', {}).queryKey, page())
  set('found in the space', documentsQuery('s1', { q: 'zonage' }).queryKey, page())
  set('folder', folderQuery('f1').queryKey, makeFolder({ id: 'f1' }))
  set('files of the folder', documentsQuery('f1', {}).queryKey, page(plan))
  set('plan', documentQuery('plan').queryKey, plan)
  set('look', previewQuery('p').queryKey, {})
  set('readers', readersQuery({ type: 'folder', id: 'f1' }).queryKey, {})
  set('elsewhere', documentsQuery('f2', {}).queryKey, page(makeDocument({ path: [] })))
  const old = () =>
    [...names].filter(([key]) => cache.getQueryState(JSON.parse(key))?.isInvalidated).map(([, name]) => name)
  return { cache, old }
}

test('a document that changes makes old what counts, lists or finds it, and nothing beside', () => {
  const { cache, old } = held()
  documentChanged(cache, { data: { id: 'plan', folder_id: 'f1' } })
  expect(old()).toEqual([
    'cards of the space',
    'found in the space',
    'folder',
    'files of the folder',
    'plan',
    'readers',
  ])
})

test('a folder that changes makes old what is below it too', () => {
  const { cache, old } = held()
  folderChanged(cache, { data: { id: 'f1', folder_id: 's1' } })
  expect(old()).not.toContain('elsewhere')
  expect(old()).not.toContain('look')
  expect(old()).toContain('plan')
  expect(old()).toContain('cards of the space')
})
