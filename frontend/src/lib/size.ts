import { numbersIn } from './intl'
import type { Language } from './language'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** « 3,4 Mo », “3.4 MB”. */
export function formatSize(bytes: number, language: Language): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return numbersIn(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power)
}
