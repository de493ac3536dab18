import { type Public, publicNames } from '@/components/people/publics'
import { useText } from '@/lib/i18n'
import styles from './announcements.module.css'
import { texts } from './i18n'
import type { Report } from './queries'

const WIDTH = 400
const HEIGHT = 180
const LEFT = 34
const RIGHT = 344
const BOTTOM = 150
const TOP = 8
const LINE = 15
/** Each public has its shape and its dash: no meaning by colour alone. */
const dashes: Record<Public | 'others', string | undefined> = {
  student: undefined,
  staff: '7 4',
  alum: '2 4',
  partner: '10 3 2 3',
  others: '4 4',
}

interface Line {
  kind: Public | 'others'
  shares: number[]
}

/** Readings over time, one line for each public, with all of its numbers in a table. */
export function Curve({ report: { groups, hours, whole } }: { report: Report }) {
  const t = useText(texts)
  const names = useText(publicNames)
  const shown = groups.length > 0 ? groups : whole ? [{ ...whole, public: null }] : []
  const lines: Line[] = shown.map(({ public: kind, told, steps }) => ({
    kind: kind ?? 'others',
    shares: steps.map((read) => (100 * read) / told),
  }))
  const nameOf = (kind: Line['kind']) => (kind === 'others' ? t(groups.length > 0 ? 'others' : 'whole') : names(kind))
  const most = Math.max(25, ...lines.flatMap(({ shares }) => shares))
  const ceiling = Math.ceil(most / 25) * 25
  const last = hours[hours.length - 1] ?? 1
  const x = (hour: number) => LEFT + ((RIGHT - LEFT) * hour) / last
  const y = (share: number) => BOTTOM - ((BOTTOM - TOP) * share) / ceiling
  const ticks = Array.from({ length: ceiling / 25 + 1 }, (_, number) => number * 25)
  const percents = (share: number | undefined) => `${Math.round(share ?? 0)}\u00a0%`
  const heights = apart(lines.map(({ kind, shares }) => [kind, y(shares[shares.length - 1] ?? 0)]))
  return (
    <figure className={styles.curve}>
      <figcaption>{t('curve')}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y(tick)}H${RIGHT}`} className={styles.grid} />
            <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {[0, last / 2, last].map((hour) => (
          <text key={hour} x={x(hour)} y={HEIGHT - 8} textAnchor="middle">
            {Math.round(hour)}&nbsp;h
          </text>
        ))}
        {lines.map(({ kind, shares }) => (
          <g key={kind} data-public={kind === 'others' ? undefined : kind}>
            <path
              className={styles.line}
              strokeDasharray={dashes[kind]}
              d={`M${x(0)} ${y(0)}${shares.map((share, place) => `L${x(hours[place] ?? 0)} ${y(share)}`).join('')}`}
            />
            <Mark kind={kind} x={x(last)} y={y(shares[shares.length - 1] ?? 0)} />
            <text className={styles.label} x={x(last) + 12} y={(heights.get(kind) ?? 0) + 4}>
              {percents(shares[shares.length - 1])}
            </text>
          </g>
        ))}
      </svg>
      <details>
        <summary>{t('figures')}</summary>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('public')}</th>
              {lines.map(({ kind }) => (
                <th key={kind} scope="col">
                  {nameOf(kind)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map((hour, place) => (
              <tr key={hour}>
                <th scope="row">{t('after', { hours: hour })}</th>
                {lines.map(({ kind, shares }) => (
                  <td key={kind}>{percents(shares[place])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

/** Where numbers stand at the end of their lines, none over another. */
function apart(ends: [Line['kind'], number][]): Map<Line['kind'], number> {
  let free = Number.NEGATIVE_INFINITY
  return new Map(
    ends
      .toSorted(([, one], [, other]) => one - other)
      .map(([kind, height]) => {
        const place = Math.max(height, free)
        free = place + LINE
        return [kind, place]
      }),
  )
}

function Mark({ kind, x, y }: { kind: Line['kind']; x: number; y: number }) {
  if (kind === 'staff') return <rect className={styles.mark} x={x - 5} y={y - 5} width="10" height="10" rx="1.5" />
  if (kind === 'partner') return <path className={styles.mark} d={`M${x} ${y - 7}l7 7-7 7-7-7z`} />
  if (kind === 'alum') return <path className={styles.mark} d={`M${x - 5} ${y + 5}v-5a5 5 0 0 1 10 0v5z`} />
  return <circle className={styles.mark} cx={x} cy={y} r="5.5" />
}
