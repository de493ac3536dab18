import type { Public } from '../people/publics'

/** Someone on the square: feet at (x, y), `size` is half the width of a circle. */
export interface Figure {
  kind: Public
  x: number
  y: number
  size: number
}

/** How each shape is drawn from its size; the two scenes differ by a hair. */
export interface Proportions {
  arch: { halfWidth: number; shoulder: number }
  square: { half: number; corner: number }
}

const colours: Record<Public, string> = {
  student: 'var(--etu)',
  alum: 'var(--alu)',
  staff: 'var(--per)',
  partner: 'var(--ent)',
}

/** The people of the square with their long shadows, lit from the door behind them. */
export function Figures({ figures, proportions }: { figures: readonly Figure[]; proportions: Proportions }) {
  return figures.map((figure) => (
    <g key={`${figure.x} ${figure.y}`} transform={`translate(${figure.x} ${figure.y})`}>
      <g transform="matrix(1 0 1.5 -.34 0 0)" fill="var(--shade)">
        <Shape figure={figure} proportions={proportions} />
      </g>
      <g fill={colours[figure.kind]}>
        <Shape figure={figure} proportions={proportions} />
      </g>
    </g>
  ))
}

function Shape({
  figure: { kind, size },
  proportions: { arch, square },
}: {
  figure: Figure
  proportions: Proportions
}) {
  switch (kind) {
    case 'student':
      return <circle cx="0" cy={-size} r={size} />
    case 'alum': {
      const half = size * arch.halfWidth
      return <path d={`M${-half} 0V${-size * arch.shoulder}a${half} ${half} 0 0 1 ${2 * half} 0V0z`} />
    }
    case 'staff': {
      const half = size * square.half
      return <rect x={-half} y={-2 * half} width={2 * half} height={2 * half} rx={size * square.corner} />
    }
    case 'partner': {
      const half = size * 1.1
      return <path d={`M0 0 ${half} ${-half} 0 ${-2 * half} ${-half} ${-half}z`} />
    }
  }
}
