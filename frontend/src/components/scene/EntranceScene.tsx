import { useId } from 'react'
import type { Public } from '../people/publics'
import { Figures, type Proportions } from './figures'

const proportions: Proportions = { arch: { halfWidth: 0.86, shoulder: 1.32 }, square: { half: 0.94, corner: 0.24 } }

/** Where people stand; the nearer (the larger y), the taller. */
const places: readonly [Public, number, number][] = [
  ['student', 206, 338],
  ['staff', 388, 340],
  ['student', 222, 341],
  ['alum', 160, 346],
  ['student', 420, 348],
  ['alum', 318, 352],
  ['student', 284, 362],
  ['staff', 120, 364],
  ['student', 92, 370],
  ['student', 452, 372],
  ['partner', 500, 380],
  ['staff', 236, 384],
  ['alum', 392, 392],
  ['student', 350, 410],
  ['staff', 374, 414],
  ['student', 172, 414],
  ['alum', 196, 420],
  ['student', 64, 424],
  ['student', 286, 440],
  ['staff', 470, 440],
  ['student', 506, 446],
  ['alum', 120, 462],
  ['student', 410, 478],
  ['partner', 222, 486],
  ['staff', 330, 512],
  ['student', 372, 520],
  ['student', 60, 530],
  ['alum', 478, 540],
  ['staff', 168, 556],
  ['student', 520, 610],
]
const figures = places.map(([kind, x, y]) => ({ kind, x, y, size: 6.35 + (y - 338) * 0.0675 }))

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

const joints = range(-180, 780, 30)
const courses = [318, 327, 338.7, 353.9, 373.7, 399.4, 432.8, 476.2, 532.7, 606.1, 701.6]
const windows = range(-286, 864, 46)
const litWindows = new Set([36, 128, 450, 496, 726])
const arches = range(-283, 821, 92).filter((x) => x !== 269)

/** The same square at the door: two storeys, a few lit windows, a crowd. Still, and decorative. */
export function EntranceScene({ className }: { className?: string | undefined }) {
  const light = useId()
  return (
    <svg
      className={className}
      viewBox="0 0 560 720"
      preserveAspectRatio="xMidYMin slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <linearGradient id={light} x1="0" y1="318" x2="0" y2="720" gradientUnits="userSpaceOnUse">
          <stop stopColor="#FFC62B" stopOpacity=".85" />
          <stop offset=".5" stopColor="#FFC62B" stopOpacity=".4" />
          <stop offset="1" stopColor="#FFC62B" stopOpacity=".12" />
        </linearGradient>
      </defs>
      <rect x="-400" y="318" width="1400" height="900" fill="var(--pave)" />
      <g stroke="var(--pave-2)" strokeWidth="1.4" fill="none">
        {joints.map((x) => (
          <path key={x} d={`M${x} 318 L${300 + ((x - 300) / 30) * 190} 780`} />
        ))}
        {courses.map((y) => (
          <path key={y} d={`M-300 ${y}H900`} />
        ))}
      </g>
      <rect x="-400" y="-200" width="1400" height="518" fill="var(--wall)" />
      <g fill="var(--wall-2)">
        <rect x="-400" y="134" width="1400" height="4" />
        <rect x="-400" y="48" width="1400" height="3" />
        {windows.map((x) => (
          <path
            key={x}
            d={`M${x} 118V77a11 11 0 0 1 22 0V118z`}
            {...(litWindows.has(x) && { fill: '#FFC62B', opacity: 0.9 })}
          />
        ))}
        {arches.map((x) => (
          <path key={x} d={`M${x} 318V197a31 31 0 0 1 62 0V318z`} />
        ))}
      </g>
      <path d="M262 318V190a38 38 0 0 1 76 0V318z" fill="#FFC62B" />
      <path d="M262 318h76L510 740H90z" fill={`url(#${light})`} />
      <path d="M-400 318h1400" stroke="var(--wall-2)" strokeWidth="3" />
      <path d="M262 318h76" stroke="#FFE9A8" strokeWidth="3" />
      <Figures figures={figures} proportions={proportions} />
    </svg>
  )
}
