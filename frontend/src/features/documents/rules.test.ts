import { chosenOf, droppedOn } from './dropped'
import { draftOf, withGiven } from './rights'
import { tableOf } from './tables'
import { viewOf } from './view'
import { formatChanged } from './when'

test('a folder that is dropped is walked to its ends, without what systems leave there', async () => {
  const file = (name: string) => ({
    isFile: true,
    name,
    file: (give: (one: File) => void) => give(new File(['x'], name)),
  })
  const folder = (name: string, ...children: object[]) => ({
    isFile: false,
    name,
    createReader: () => {
      const batches = [children.slice(0, 1), children.slice(1), []]
      return { readEntries: (give: (some: object[]) => void) => give(batches.shift() ?? []) }
    },
  })
  const dropped = folder('Terrain', file('a.pdf'), file('.DS_Store'), folder('Photos', file('b.jpg')), folder('Vide'))
  const found = await droppedOn({
    items: [dropped, file('seul.txt')].map((entry) => ({ webkitGetAsEntry: () => entry })),
  } as unknown as DataTransfer)
  expect(found.files.map(({ file: { name }, path }) => [...path, name].join('/'))).toEqual([
    'Terrain/a.pdf',
    'Terrain/Photos/b.jpg',
    'seul.txt',
  ])
  expect(found.empty).toEqual([['Terrain', 'Vide']])
  const chosen = Object.defineProperty(new File(['x'], 'c.pdf'), 'webkitRelativePath', { value: 'Terrain/Plans/c.pdf' })
  expect(chosenOf([chosen]).files[0]?.path).toEqual(['Terrain', 'Plans'])
})

test('a table written as text is read by its separator, with what is quoted', () => {
  expect(tableOf('point;cote\nR1;"12,5"\n"dit ""le haut""";3\n')).toEqual([
    ['point', 'cote'],
    ['R1', '12,5'],
    ['dit "le haut"', '3'],
  ])
})

test('an address says what it can, and nothing else', () => {
  expect(viewOf({ sort: 'name', kind: 'pdf', by: '', q: 'crue', doc: 'd1', more: '1' })).toEqual({
    sort: 'name',
    kind: 'pdf',
    by: undefined,
    q: 'crue',
    doc: 'd1',
  })
  expect(viewOf({ sort: 'color', kind: 'moon' })).toEqual({})
})

test('rights are given once to each, and sent by ids', () => {
  const community = { kind: 'community', id: 'c1', name: 'Chœur', person: null, level: 'read', from: null } as const
  const given = withGiven(withGiven([], community), { ...community, level: 'write' })
  expect(draftOf(false, given)).toEqual({ inherits: false, grants: [{ level: 'write', community_id: 'c1' }] })
})

test('a moment is said as shortly as it is near', () => {
  const now = '2026-11-26T12:00:00'
  const said = (at: string) => formatChanged(at, 'fr', now)
  expect(said('2026-11-26T11:48:00')).toBe('il y a 12 minutes')
  expect(said('2026-11-26T08:10:00')).toBe('aujourd’hui, 8\u00a0h\u00a010')
  expect(said('2026-11-25T18:40:00')).toBe('hier, 18\u00a0h\u00a040')
  expect(said('2026-11-12T09:00:00')).toBe('12\u00a0nov.')
})
