import type { ReactElement } from 'react'
import type { Public } from '@/components/people/publics'
import { hash } from '@/lib/hash'
import styles from './profile.module.css'

const WIDTH = 1232
const FLOOR = 136

/** Each public's shape as a pillar that stands on the floor: its middle, its top, and half its width. */
const pillars: Record<Public | 'guest', (x: number, top: number, half: number) => string> = {
  alum: (x, top, half) => `M${x - half} ${FLOOR}V${top + half}a${half} ${half} 0 0 1 ${2 * half} 0V${FLOOR}z`,
  student: (x, top, half) =>
    `M${x - half} ${top + half}a${half} ${half} 0 1 1 ${2 * half} 0a${half} ${half} 0 1 1 ${-2 * half} 0z`,
  staff: (x, top, half) => `M${x - half} ${FLOOR}V${top + 5}q0 -5 5 -5h${2 * half - 10}q5 0 5 5V${FLOOR}z`,
  partner: (x, top, half) => `M${x} ${top}l${half} ${half}l${-half} ${half}l${-half} ${-half}z`,
  guest: (x, top, half) => `M${x - half} ${FLOOR}V${top}h${2 * half}V${FLOOR}z`,
}

/** Two rows of the public's shape, and one in the light: whose profile it is decides which. */
export function Cover({ id, public: kind }: { id: string; public: Public | null }) {
  const draw = pillars[kind ?? 'guest']
  const lit = 9 + (hash(id) % 14)
  return (
    <div className={styles.cover} data-public={kind ?? 'guest'}>
      <svg viewBox={`0 0 1100 ${FLOOR}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
        <g className={styles.behind}>{row(56, 24, (index) => 32 + ((index * 3 + 1) % 41), draw)}</g>
        <g className={styles.before}>{row(42, 17, (index) => 79 + ((index * 15 + 33) % 34), draw)}</g>
        <path className={styles.lit} d={draw(lit * 42 - 20, 84, 20)} />
      </svg>
    </div>
  )
}

function row(
  step: number,
  half: number,
  top: (index: number) => number,
  draw: (x: number, top: number, half: number) => string,
): ReactElement[] {
  return Array.from({ length: Math.ceil(WIDTH / step) + 2 }, (_, index) => {
    const x = index * step - step / 2
    return <path key={x} d={draw(x, top(index), half)} />
  })
}
