import { hash } from '@/lib/hash'

/** How a stone stands out: most are pale or plain, a few strong, one or two in the light. */
export type Tone = 'pale' | 'plain' | 'strong' | 'dark' | 'lit'

export interface Stone {
  x: number
  y: number
  width: number
  height: number
  tone: Tone
}

/** The side of the smallest stone. */
export const STONE_SIZE = 22
/** Width and height, in smallest stones. */
const SHAPES = [
  [1, 1],
  [2, 1],
  [1, 2],
  [2, 2],
  [3, 1],
  [2, 3],
  [3, 2],
] as const

/** Stones of all shapes that fill a surface without a gap: the same for an id on every machine. */
export function ashlar(id: string, columns: number, rows: number): Stone[] {
  const draw = drawer(id)
  const taken = Array.from({ length: rows }, () => Array<boolean>(columns).fill(false))
  const isFree = (x: number, y: number) => x < columns && y < rows && taken[y]?.[x] === false
  const stones: Stone[] = []
  for (const [x, y] of places(columns, rows)) {
    if (!isFree(x, y)) continue
    const [width, height] = SHAPES[draw(SHAPES.length)] ?? [1, 1]
    const cells = [...places(width, height)].map(([across, down]) => [x + across, y + down] as const)
    const fits = cells.every(([across, down]) => isFree(across, down))
    for (const [across, down] of fits ? cells : [[x, y] as const]) (taken[down] as boolean[])[across] = true
    stones.push({
      x: x * STONE_SIZE,
      y: y * STONE_SIZE,
      width: (fits ? width : 1) * STONE_SIZE,
      height: (fits ? height : 1) * STONE_SIZE,
      tone: toneOf(draw(100)),
    })
  }
  return stones
}

/** Tones of a motif's repeats, drawn from the id. */
export function tones(id: string, count: number): Tone[] {
  const draw = drawer(id)
  return Array.from({ length: count }, () => toneOf(draw(100)))
}

function toneOf(chance: number): Tone {
  if (chance < 2) return 'lit'
  if (chance < 9) return 'dark'
  if (chance < 18) return 'strong'
  return chance < 45 ? 'pale' : 'plain'
}

function* places(columns: number, rows: number): Generator<readonly [number, number]> {
  for (let y = 0; y < rows; y += 1) for (let x = 0; x < columns; x += 1) yield [x, y]
}

/** Whole numbers below a bound, one after the other, that only the id decides (mulberry32). */
function drawer(id: string): (below: number) => number {
  let state = hash(id)
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) % below
  }
}
