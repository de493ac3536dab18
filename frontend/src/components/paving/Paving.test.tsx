import { render } from '@testing-library/react'
import { CommunityCover } from './CommunityCover'
import { CommunityTile } from './CommunityTile'
import { ashlar, tones } from './cover'
import { motifNames, palettes, pavingOf, STONE } from './motifs'
import { Paving } from './Paving'

test('an id always gets the same paving, on every machine', () => {
  expect(pavingOf('0193a1b2-0000-7000-8000-000000000001')).toEqual(pavingOf('0193a1b2-0000-7000-8000-000000000001'))
  expect(pavingOf('geographie')).toMatchObject({ motif: 'chequer', palette: { dark: '#857F71' } })
})

test('all 7 motifs on all 8 palettes are reached', () => {
  const seen = new Set<string>()
  for (let number = 0; number < 2000; number += 1) {
    const { motif, palette } = pavingOf(`community-${number}`)
    seen.add(`${motif} ${palette.middle}`)
  }
  expect(seen.size).toBe(motifNames.length * palettes.length)
})

test('two pavings on one page never share a pattern', () => {
  const { container } = render(
    <>
      <CommunityTile of="a" />
      <Paving of="b" width={84} height={52} />
    </>,
  )
  const ids = [...container.querySelectorAll('pattern')].map((pattern) => pattern.id)
  expect(new Set(ids).size).toBe(2)
  for (const [index, surface] of [...container.querySelectorAll('svg > rect')].entries()) {
    expect(surface).toHaveAttribute('fill', `url(#${ids[index]})`)
  }
})

test('readers pass over the drawing', () => {
  const { container } = render(<CommunityTile of="a" />)
  expect(container.querySelector('svg')).toHaveAttribute('aria-hidden', 'true')
})

test('every motif has its own drawing, made of its palette alone', () => {
  const drawings = motifNames.map((motif) => {
    const { container } = render(<CommunityTile of={{ motif, palette: STONE }} />)
    return container.querySelector('pattern')?.innerHTML ?? ''
  })
  expect(new Set(drawings).size).toBe(motifNames.length)
  const colours = drawings.join().match(/#[0-9A-F]{6}/g) ?? []
  expect(new Set(colours)).toEqual(new Set(Object.values(STONE)))
})

test('the stones of a cover fill it without a gap or an overlap, and are always the same for an id', () => {
  const stones = ashlar('geographie', 51, 6)
  const covered = new Set<string>()
  let area = 0
  for (const { x, y, width, height } of stones) {
    area += width * height
    for (let across = x; across < x + width; across += 22)
      for (let down = y; down < y + height; down += 22) covered.add(`${across} ${down}`)
  }
  expect(covered.size).toBe(51 * 6)
  expect(area).toBe(51 * 6 * 22 * 22)
  expect(ashlar('geographie', 51, 6)).toEqual(stones)
  expect(ashlar('choeur', 51, 6)).not.toEqual(stones)
})

test('few stones of a cover are in the light', () => {
  const drawn = tones('geographie', 2000)
  const share = drawn.filter((tone) => tone === 'lit').length / drawn.length
  expect(share).toBeGreaterThan(0.01)
  expect(share).toBeLessThan(0.06)
})

test('a cover is drawn in its community’s own motif, and passed over by readers', () => {
  for (const id of ['geographie', 'a', 'b', 'c', 'd', 'e', 'f']) {
    const { container } = render(<CommunityCover id={id} />)
    const drawing = container.querySelector('svg')
    expect(drawing).toHaveAttribute('data-motif', pavingOf(id).motif)
    expect(drawing).toHaveAttribute('aria-hidden', 'true')
    expect(drawing?.querySelectorAll('rect, path').length).toBeGreaterThan(50)
  }
})
