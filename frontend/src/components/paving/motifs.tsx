import type { ReactElement } from 'react'
import { hash } from '@/lib/hash'

/** Three tones of one stone: joint or ground, slab, accent. */
export interface Palette {
  light: string
  middle: string
  dark: string
}

export const palettes: readonly Palette[] = [
  { light: '#D0E8EA', middle: '#69B1B8', dark: '#0F5F69' },
  { light: '#D5E4F4', middle: '#7FABDA', dark: '#1B5AA6' },
  { light: '#F1D9E5', middle: '#CF86AC', dark: '#8F2B5C' },
  { light: '#FFF2CC', middle: '#FFC62B', dark: '#18213A' },
  { light: '#F4E2C6', middle: '#DBA662', dark: '#874A07' },
  { light: '#D3E8DC', middle: '#79B597', dark: '#1A6749' },
  { light: '#D9DCE6', middle: '#7F89A6', dark: '#1C2A4F' },
  { light: '#ECEAE4', middle: '#C9C4B6', dark: '#857F71' },
]

export const motifNames = ['opus', 'chequer', 'arcade', 'ray', 'chevron', 'scale', 'lozenge'] as const
export type MotifName = (typeof motifNames)[number]

interface Motif {
  width: number
  height: number
  draw: (palette: Palette) => ReactElement
}

export const motifs: Record<MotifName, Motif> = {
  opus: {
    width: 48,
    height: 48,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="48" height="48" fill={middle} />
        <path
          d="M1 1h22v14H1zM25 1h22v22H25zM1 17h14v30H1zM17 17h6v14h-6zM17 33h14v14H17zM25 25h6v6h-6zM33 25h14v10H33zM33 37h14v10H33z"
          fill={light}
        />
        <path d="M17 17h6v14h-6zM33 37h14v10H33z" fill={dark} />
      </>
    ),
  },
  chequer: {
    width: 32,
    height: 32,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="32" height="32" fill={light} />
        <path d="M0 0h16v16H0zM16 16h16v16H16z" fill={middle} />
        <path d="M24 4l4 4-4 4-4-4z" fill={dark} />
      </>
    ),
  },
  arcade: {
    width: 28,
    height: 34,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="28" height="34" fill={light} />
        <path d="M5 34V15a9 9 0 0 1 18 0v19z" fill={middle} />
        <path d="M10 34V17a4 4 0 0 1 8 0v17z" fill={dark} />
      </>
    ),
  },
  ray: {
    width: 40,
    height: 40,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="40" height="40" fill={light} />
        <path d="M20 20 0 0h20zM20 20 40 0v20zM20 20l20 20H20zM20 20 0 40V20z" fill={middle} />
        <circle cx="20" cy="20" r="5" fill={dark} />
      </>
    ),
  },
  chevron: {
    width: 24,
    height: 24,
    draw: ({ light, middle }) => (
      <>
        <rect width="24" height="24" fill={light} />
        <path d="M0 0l12 12L24 0v6L12 18 0 6zM0 12l12 12 12-12v6l-6 6H6l-6-6z" fill={middle} />
      </>
    ),
  },
  scale: {
    width: 32,
    height: 32,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="32" height="32" fill={light} />
        {SCALES.map(([x, y]) => (
          <g key={`${x} ${y}`}>
            <circle cx={x} cy={y} r="16" fill={middle} />
            <circle cx={x} cy={y} r="11" fill={light} />
            <circle cx={x} cy={y} r="6" fill={dark} />
          </g>
        ))}
      </>
    ),
  },
  lozenge: {
    width: 32,
    height: 32,
    draw: ({ light, middle, dark }) => (
      <>
        <rect width="32" height="32" fill={light} />
        <path d="M16 1 31 16 16 31 1 16z" fill={middle} />
        <path d="M16 10l6 6-6 6-6-6z" fill={dark} />
      </>
    ),
  },
}

/** Later scales lie over earlier ones, as on a roof. */
const SCALES = [
  [0, 0],
  [32, 0],
  [16, 16],
  [0, 32],
  [32, 32],
] as const

export interface PavingChoice {
  motif: MotifName
  palette: Palette
}

/** Which of the 56 pavings an id gets: always the same one, so that nobody has to upload a picture. */
export function pavingOf(id: string): PavingChoice {
  const number = hash(id)
  const motif = motifNames[number % motifNames.length] ?? 'opus'
  const palette = palettes[Math.floor(number / motifNames.length) % palettes.length] ?? STONE
  return { motif, palette }
}

/** Grey stone, for a place where nothing is yet. */
export const STONE: Palette = { light: '#ECEAE4', middle: '#C9C4B6', dark: '#857F71' }
