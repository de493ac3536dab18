import { ashlar, STONE_SIZE, type Tone, tones } from './cover'
import { type MotifName, motifs, type Palette, pavingOf } from './motifs'
import styles from './paving.module.css'

const WIDTH = 1104
const HEIGHT = 132
const SCALE = 1.5
const LIGHT = '#FFC62B'

/** What stands wide over a community's page: the picture that it chose, or its own motif, pale, with a few strong stones
 * and one in the light. */
export function CommunityCover({ id, picture }: { id: string; picture?: string | null }) {
  if (picture) return <img className={styles.picture} src={picture} alt="" />
  return <PavedCover id={id} />
}

function PavedCover({ id }: { id: string }) {
  const { motif, palette } = pavingOf(id)
  return (
    <svg
      className={styles.cover}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      data-motif={motif}
      aria-hidden="true"
      focusable="false"
    >
      <rect width={WIDTH} height={HEIGHT} fill={mixed(palette.light, palette.middle, 0.4)} />
      {motif === 'opus' ? <Stones id={id} palette={palette} /> : <Repeats id={id} motif={motif} palette={palette} />}
    </svg>
  )
}

function Stones({ id, palette }: { id: string; palette: Palette }) {
  const fills: Record<Tone, string> = {
    pale: mixed(palette.light, '#FFFFFF', 0.45),
    plain: palette.light,
    strong: palette.middle,
    dark: palette.dark,
    lit: LIGHT,
  }
  return ashlar(id, Math.ceil(WIDTH / STONE_SIZE), Math.ceil(HEIGHT / STONE_SIZE)).map(
    ({ x, y, width, height, tone }) => (
      <rect key={`${x} ${y}`} x={x + 1.5} y={y + 1.5} width={width - 3} height={height - 3} rx={3} fill={fills[tone]} />
    ),
  )
}

function Repeats({ id, motif, palette }: { id: string; motif: MotifName; palette: Palette }) {
  const { width, height, draw } = motifs[motif]
  const columns = Math.ceil(WIDTH / width / SCALE)
  const rows = Math.ceil(HEIGHT / height / SCALE)
  const palettes = tonedOf(palette)
  return (
    <g transform={`scale(${SCALE})`}>
      {tones(id, columns * rows).map((tone, index) => {
        const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height]
        return (
          <svg key={`${x} ${y}`} x={x} y={y} width={width} height={height} aria-hidden="true">
            {draw(palettes[tone])}
          </svg>
        )
      })}
    </g>
  )
}

/** One motif in five voices. */
function tonedOf({ light, middle, dark }: Palette): Record<Tone, Palette> {
  const ground = mixed(light, '#FFFFFF', 0.45)
  return {
    pale: { light: ground, middle: light, dark: light },
    plain: { light: ground, middle: light, dark: mixed(light, middle, 0.5) },
    strong: { light: ground, middle: mixed(light, middle, 0.6), dark: middle },
    dark: { light: ground, middle, dark },
    lit: { light: ground, middle: LIGHT, dark },
  }
}

/** So much of the second colour in the first, both `#RRGGBB`. */
function mixed(first: string, second: string, part: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [from, to] = [first, second].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16)) as [
      number,
      number,
    ]
    return Math.round(from + (to - from) * part)
  })
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
