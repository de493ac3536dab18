import { type MotifName, type PavingChoice, palettes } from '@/components/paving/motifs'

/** The stone that stands for each interest: its motif, and which of the eight palettes. */
const stones: Record<string, readonly [MotifName, number]> = {
  fieldwork: ['opus', 0],
  music: ['arcade', 2],
  sport: ['chevron', 5],
  campus: ['chequer', 4],
  'first-job': ['ray', 3],
  gardens: ['scale', 5],
  languages: ['lozenge', 1],
  'free-software': ['chequer', 6],
  stage: ['arcade', 4],
  solidarity: ['scale', 2],
  research: ['lozenge', 6],
  games: ['chevron', 1],
}

/** One that this version does not know gets the stone of its key, as a community would. */
export function stoneOf(key: string): string | PavingChoice {
  const [motif, number] = stones[key] ?? []
  const palette = number === undefined ? undefined : palettes[number]
  return motif && palette ? { motif, palette } : key
}
