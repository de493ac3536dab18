import { useId } from 'react'
import { type Figure, Figures, type Proportions } from './figures'

const proportions: Proportions = { arch: { halfWidth: 0.84, shoulder: 1.44 }, square: { half: 1, corner: 0.26 } }

const figures: readonly Figure[] = [
  { kind: 'student', x: 330, y: 100, size: 5.5 },
  { kind: 'alum', x: 262, y: 104, size: 6.5 },
  { kind: 'staff', x: 352, y: 108, size: 6.5 },
  { kind: 'staff', x: 148, y: 112, size: 7.5 },
  { kind: 'staff', x: 470, y: 118, size: 8 },
  { kind: 'student', x: 196, y: 128, size: 9 },
  { kind: 'student', x: 222, y: 130, size: 8.5 },
  { kind: 'alum', x: 396, y: 134, size: 10.5 },
  { kind: 'student', x: 428, y: 138, size: 9.5 },
  { kind: 'partner', x: 516, y: 146, size: 9.5 },
  { kind: 'student', x: 112, y: 150, size: 10.5 },
  { kind: 'student', x: 300, y: 160, size: 13 },
  { kind: 'staff', x: 350, y: 172, size: 13.5 },
]

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

const joints = range(62, 538, 17)
const courses = [78, 83, 89.9, 99.4, 112.6, 130.7, 155.7, 190.3]
const dentils = range(78, 1040, 26)
const arches = range(23, 959, 52).filter((x) => x !== 283)

/** The square seen from home: an arcade, one lit door, the four publics with long shadows. It is still, and decorative. */
export function Scene({ className }: { className?: string | undefined }) {
  const light = useId()
  return (
    <svg
      className={className}
      viewBox="0 0 560 200"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <defs>
        <linearGradient id={light} x1="0" y1="78" x2="0" y2="200" gradientUnits="userSpaceOnUse">
          <stop stopColor="#FFC62B" stopOpacity=".82" />
          <stop offset=".45" stopColor="#FFC62B" stopOpacity=".42" />
          <stop offset="1" stopColor="#FFC62B" stopOpacity=".16" />
        </linearGradient>
      </defs>
      <rect x="-400" y="78" width="1600" height="400" fill="var(--pave)" />
      <g stroke="var(--pave-2)" strokeWidth="1" fill="none">
        {joints.map((x) => (
          <path key={x} d={`M${x} 78 L${300 + ((x - 300) / 17) * 120} 240`} />
        ))}
        {courses.map((y) => (
          <path key={y} d={`M-200 ${y}H860`} />
        ))}
      </g>
      <rect x="-400" y="-200" width="1600" height="278" fill="var(--wall)" />
      <g fill="var(--wall-2)">
        <rect x="-400" y="18" width="1600" height="2" />
        {dentils.map((x) => (
          <rect key={x} x={x} y="10" width="14" height="5" rx="1" />
        ))}
        {arches.map((x) => (
          <path key={x} d={`M${x} 78V43a17 17 0 0 1 34 0V78z`} />
        ))}
      </g>
      <path d="M283 78V43a17 17 0 0 1 34 0V78z" fill="#FFC62B" />
      <path d="M283 78h34L392 220H208z" fill={`url(#${light})`} />
      <path d="M-400 78h1600" stroke="var(--wall-2)" strokeWidth="2" />
      <path d="M283 78h34" stroke="var(--glow)" strokeWidth="2" />
      <Figures figures={figures} proportions={proportions} />
    </svg>
  )
}
